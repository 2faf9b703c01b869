"""What accepting a dossier will cost its applicant, told before the clerk accepts it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.casework.access.public import Actor
from motcua.casework.workflow.public import Possible
from motcua.foundation.errors import Bilingual, InvalidInput
from motcua.foundation.money import format_dong
from motcua.foundation.timesource import today
from motcua.subsystems.applications.console_views.sent import Ask
from motcua.subsystems.applications.selectors import DossierPage
from motcua.subsystems.applications.services.verbs.receiving import claimed_classes
from motcua.subsystems.procedures.public import city_rules, fee_for

FEE_UNKNOWN = Bilingual(
    "Hệ thống chưa biết mức thu này: cần người xác định. Tra quyết định của Thành phố, nhập số"
    " tiền và căn cứ; chỉ nhập 0 khi chắc chắn không thu.",
    "The system does not know this amount: a person must decide. Look it up in the city's"
    " decision and enter amount and basis; enter 0 only when certain that nothing is due.",
)
BASIS_NEEDED = Bilingual(
    "Nêu căn cứ của mức thu, ví dụ nghị quyết của Hội đồng nhân dân.",
    "Give the legal basis of the amount, for example a resolution of the People's Council.",
)
AMOUNT_NEEDED = Bilingual(
    "Nhập mức thu bằng số đồng; nhập 0 nếu không thu.",
    "Enter the amount in đồng; 0 if nothing is due.",
)


def fee_asks(actor: Actor, page: DossierPage, possible: Possible) -> Iterable[Ask]:
    """The fee of a dossier about to be accepted; nothing once it was fixed."""
    if page.charge is None:
        dossier = page.dossier
        classes = claimed_classes(page.case.applicant, dossier.answers)
        variant, channel = dossier.application.variant, page.case.channel
        ask = fee_ask(dossier.package, dossier.answers, variant, channel, classes)
        if ask.kind == "money":
            yield Ask("warning", "fee_unknown", FEE_UNKNOWN.in_language(get_language() or "vi"))
        yield ask
        if ask.kind == "money":
            label, hint = _("Căn cứ của mức thu"), _("Nghị quyết, thông tư; bắt buộc khi có thu.")
            yield Ask("text", "fee_basis", label, hint=hint, optional=True)


def fee_ask(
    package: Mapping[str, Any],
    answers: Mapping[str, Any],
    variant: str,
    channel: str,
    classes: frozenset[str],
) -> Ask:
    """The fee with its reasons; a field for the amount where no rule knows it."""
    fee = fee_for(
        package,
        case=variant,
        channel=channel,
        applicant=classes,
        on=today(),
        city=city_rules(),
        answers=answers,
    )
    language = get_language() or "vi"
    why = "; ".join(line.explanation.in_language(language) for line in fee.lines)
    if fee.amount is None:
        hint = _("Chưa có mức thu trong hệ thống. %(why)s") % {"why": why}
        return Ask("money", "amount", _("Mức thu"), hint=hint, id="id_amount")
    return Ask("fee", "fee", _("Phí, lệ phí:"), format_dong(fee.amount), hint=why)


def amount_of(text: str) -> int:
    """Đồng as typed, with or without dots.

    Raises:
        InvalidInput: no number.
    """
    digits = text.replace(".", "").replace(" ", "")
    if not digits.isdecimal():
        raise InvalidInput({"amount": AMOUNT_NEEDED})
    return int(digits)

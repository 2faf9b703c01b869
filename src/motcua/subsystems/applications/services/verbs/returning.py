"""Handing the result over: online, at the counter, by post."""

from __future__ import annotations

from motcua.foundation.errors import Bilingual, InvalidInput
from motcua.subsystems.applications.models import Application
from motcua.subsystems.applications.services.steps import Step, verb


@verb("deliver")
def deliver(step: Step) -> None:
    """Record to whom, how and when the result was handed over."""
    how = step.dossier.application.delivery
    receiver = step.text("receiver")
    if how == Application.Delivery.COUNTER and not receiver:
        raise InvalidInput(
            {
                "receiver": Bilingual(
                    "Nhập tên người nhận kết quả.", "Enter who received the result."
                )
            }
        )
    if not receiver and step.case.applicant is not None:
        receiver = step.case.applicant.full_name
    step.application["delivered_to"] = receiver
    step.data |= {"how": how}
    if how == Application.Delivery.POST:
        step.data |= {"parcel": step.text("parcel")}

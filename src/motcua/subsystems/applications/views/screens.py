"""What the screens of an application show, and how a posted step is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.casework.agencies.public import Agency
from motcua.casework.attachments.public import Attachment, StoredOffer, derivative
from motcua.casework.forms.public import render_step, render_summary, steps_shown, take_screen
from motcua.foundation.errors import Bilingual, Conflict, NotFound
from motcua.foundation.folding import fold
from motcua.foundation.timesource import today
from motcua.subsystems.applications.communes import communes
from motcua.subsystems.applications.drafting import (
    CENTRE,
    Work,
    centres,
    default_centre,
    estimate,
    options,
)
from motcua.subsystems.applications.views.uploads import accept_of
from motcua.subsystems.procedures.public import Paper, limit_text

SAVED_ELSEWHERE = Bilingual(
    "Bản nháp vừa được lưu ở một cửa sổ khác. Câu trả lời ở trang này vẫn là của bạn; "
    "hãy xem lại rồi bấm Tiếp tục.",
    "The draft was saved in another window meanwhile. The answers on this page are still "
    "yours; look at them and press Continue.",
)
BACK_AGAIN = Bilingual(
    "Bạn đã đăng nhập lại; những gì vừa điền vẫn còn nguyên.",
    "You are logged in again; everything you had typed is still here.",
)


@dataclass(frozen=True, slots=True)
class Posted:
    """A posted screen; ``again`` when it waited for the person to log in."""

    data: QueryDict
    again: bool = False


def further_steps() -> list[str]:
    """The screens after the e-form."""
    return [_("Nơi nộp"), _("Giấy tờ"), _("Kiểm tra và nộp")]


def step_titles(work: Work) -> list[str]:
    """All screens of this application, in order."""
    language = get_language() or "vi"
    shown = steps_shown(work.form, work.settled())
    return [*(step.title.in_language(language) for step in shown), *further_steps()]


def step_page(
    request: HttpRequest,
    work: Work,
    step: str,
    *,
    errors: Mapping[str, Bilingual] | None = None,
    note: Bilingual | None = None,
) -> HttpResponse:
    """The screen of a step with what is known so far.

    Raises:
        NotFound: the form has no such step.
    """
    if work.form.step(step) is None:
        raise NotFound
    body = render_step(
        work.form, step, work.answers, request=request, today=today(), revision=work.revision,
        autosave=reverse("applications:autosave", args=[work.code, work.key, step]),
        errors=errors, note=note, origins=work.origins, options=options(),
        context=work.context, further=further_steps(),
    )  # fmt: skip
    context = {"work": work, "body": body, "step": work.form.step(step)}
    status = 422 if errors else 200
    return render(request, "applications/citizen/step.html", context, status=status)


def take_step(request: HttpRequest, work: Work, step: str, posted: Posted) -> HttpResponse:
    """Keep what was posted, then show the next screen, or this one with what must be mended."""
    if work.form.step(step) is None:
        raise NotFound
    outcome = take_screen(
        work.form, step, cast(Any, posted.data), work.answers, today=today(), context=work.context
    )
    stays = bool(outcome.errors or outcome.note) or posted.again
    work.answers = outcome.answers
    work.step = step if stays else outcome.step or "office"
    try:
        work.keep(revision=work.revision if posted.again else outcome.revision)
    except Conflict:
        return step_page(request, work, step, errors=outcome.errors, note=SAVED_ELSEWHERE)
    if posted.again:
        return step_page(request, work, step, note=BACK_AGAIN)
    if stays:
        return step_page(request, work, step, errors=outcome.errors, note=outcome.note)
    if outcome.verb == "save":
        return redirect("applications:list")
    if outcome.step:
        return redirect("applications:step", work.code, work.key, outcome.step)
    return redirect("applications:office", work.code, work.key)


def office_context(work: Work, *, missing: bool = False) -> dict[str, Any]:
    """The centres, with the citizen's own first and chosen."""
    chosen = work.beside.get(CENTRE) or default_centre(work.party.commune_code)
    rows = sorted(((row.code, _centre_name(row)) for row in centres()), key=_by_name)
    titles = step_titles(work)
    return {
        "work": work,
        "centres": rows,
        "chosen": chosen,
        "own": chosen == default_centre(work.party.commune_code) and bool(chosen),
        "missing": missing,
        "titles": titles,
        "current": len(titles) - 2,
    }


def _centre_name(centre: Agency) -> str:
    """The commune's name, since every centre's own name begins alike; else the name."""
    language = get_language() or "vi"
    place = communes().get(centre.commune_code)
    if place is not None and centre.level == Agency.Level.COMMUNE:
        name = place.in_language(language)
        return name[:1].upper() + name[1:]
    return Bilingual(centre.name, centre.name_en or centre.name).in_language(language)


def _by_name(row: tuple[str, str]) -> str:
    return fold(row[1])


@dataclass(frozen=True, slots=True)
class ShownUpload:
    """An uploaded file as it is listed."""

    file: Attachment
    picture: bool


@dataclass(frozen=True, slots=True)
class PaperField:
    """One paper with its picker, its files and what is wrong."""

    paper: Paper
    name: str
    accept: str
    files: list[ShownUpload]
    error: Bilingual | None
    stored: list[StoredOffer]


def paper_fields(
    papers: tuple[Paper, ...],
    files: Mapping[str, list[Attachment]],
    errors: Mapping[str, Bilingual],
    stored: Mapping[str, list[StoredOffer]] | None = None,
) -> list[PaperField]:
    """Each paper ready for the template, with what the store offers for it."""
    return [
        PaperField(
            paper, f"paper-{paper.id}", accept_of(paper),
            [ShownUpload(f, derivative(f.blob_id, "thumbnail") is not None)
             for f in files.get(paper.id, [])],
            errors.get(f"paper-{paper.id}"),
            (stored or {}).get(paper.id, []),
        )
        for paper in papers
    ]  # fmt: skip


def papers_context(work: Work, errors: Mapping[str, Bilingual] | None = None) -> dict[str, Any]:
    """The papers of this application."""
    titles = step_titles(work)
    return {
        "work": work,
        "fields": paper_fields(work.papers(), work.files(), errors or {}, work.stored()),
        "errors": errors or {},
        "limit_mb": settings.MOTCUA_UPLOAD_MAX_BYTES // (1024 * 1024),
        "titles": titles,
        "current": len(titles) - 1,
    }


def check_context(
    work: Work, centre: Agency, errors: Mapping[str, Bilingual] | None = None
) -> dict[str, Any]:
    """All answers with their change links, and what filing now would mean."""
    found = {**work.problems(), **work.missing_papers()} if errors is None else errors
    url = reverse("applications:step", args=[work.code, work.key, "-step-"])
    titles = step_titles(work)
    return {
        "work": work,
        "centre": centre,
        "summary": render_summary(
            work.form, work.answers, today=today(), change_url=url.replace("-step-", "{step}"),
            options=options(), context=work.context,
        ),
        "files": [(paper, work.files().get(paper.id, [])) for paper in work.papers()],
        "estimate": (guess := estimate(work, centre)),
        "limit": limit_text(guess.limit),
        "faults": [(_place_url(work, place), text) for place, text in found.items()],
        "titles": titles,
        "current": len(titles),
    }  # fmt: skip


def _place_url(work: Work, place: str) -> str:
    if place.startswith("paper-"):
        return reverse("applications:papers", args=[work.code, work.key]) + f"#id_{place}"
    step = work.step_with(place)
    return reverse("applications:step", args=[work.code, work.key, step]) + f"#id_{place}"

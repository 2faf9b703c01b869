"""Every write of exports: ask, make, stop, let expire."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qsl
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation

from motcua.casework.access.public import SYSTEM, Actor, actor_of, declare_permission
from motcua.casework.agencies.public import ROLES
from motcua.casework.attachments.public import forget_made, put_file
from motcua.casework.clock.public import parameter
from motcua.casework.exports.errors import NeverFinished, TooManyExports
from motcua.casework.exports.lists import ListSource, list_of
from motcua.casework.exports.models import Export
from motcua.casework.exports.rules import (
    MIMES,
    MOST_OPEN,
    PROGRESS_ROWS,
    STUCK_SECONDS,
    file_name,
)
from motcua.casework.exports.selectors import OPEN, own_export
from motcua.casework.exports.writing import WRITERS, Head
from motcua.casework.ledger.public import Private, record
from motcua.casework.notices.public import Recipient, notify
from motcua.foundation.errors import Bilingual, DomainError, InvalidInput, NotAllowed
from motcua.foundation.outbox.public import enqueue
from motcua.foundation.timesource import local, now

MAKE = "exports.make"
EXPORT = "exports.ask"
declare_permission(
    EXPORT,
    "Xuất danh sách hồ sơ mà mình được xem",
    "Export lists of the cases one may see",
    roles=ROLES,
)


class _Stopped(Exception):
    """The person stopped it, or another worker has taken it over and ended it."""


@transaction.atomic
def ask_export(
    *, actor: Actor, source: str, format: str, asked: str, language: str = "vi"
) -> Export:
    """Have a list made into a file in the background.

    The same list asked for again while it is being made is the same export.

    Args:
        source: code of a registered list.
        format: ``csv``, ``xlsx`` or ``pdf``.
        asked: the query string of the list as the actor sees it.

    Raises:
        UnknownList, NotAllowed, TooManyExports.
        InvalidInput: no such format.
    """
    chosen = list_of(source)
    if actor.account_id is None or not chosen.open_to(actor):
        raise NotAllowed
    if format not in MIMES:
        raise InvalidInput(
            {"format": Bilingual("Hãy chọn CSV, Excel hoặc PDF.", "Choose CSV, Excel or PDF.")}
        )
    being_made = list(Export.objects.filter(account_id=actor.account_id, state__in=OPEN))
    for known in being_made:
        if (known.source, known.format, known.asked) == (source, format, asked):
            return known
    if len(being_made) >= MOST_OPEN:
        raise TooManyExports(most=MOST_OPEN)
    at = now()
    export = Export.objects.create(
        account_id=actor.account_id,
        source=source,
        format=format,
        asked=asked,
        language=language,
        asked_at=at,
        touched_at=at,
    )
    _record(actor, export, "exports.ask")
    enqueue(MAKE, {"export": str(export.uid)})
    return export


def _record(actor: Actor, export: Export, verb: str, **facts: object) -> None:
    """Who took which list, filtered how: on the person's own chain."""
    record(
        actor=actor,
        chain=f"exports:{export.account_id}",
        verb=verb,
        after={
            "export": str(export.uid),
            "list": export.source,
            "format": export.format,
            "asked": Private(export.asked),
            **facts,
        },
    )


@transaction.atomic
def stop_export(*, actor: Actor, uid: UUID | str) -> Export:
    """Stop an export that is not ready; nothing of it is kept. Stopping twice is fine."""
    export = own_export(actor, uid)
    done = Export.objects.filter(pk=export.pk, state__in=OPEN).update(
        state=Export.State.STOPPED, finished_at=now()
    )
    if done:
        _record(actor, export, "exports.stop")
    return own_export(actor, uid)


@transaction.atomic
def note_fetched(*, actor: Actor, export: Export) -> None:
    """Keep in the ledger that the file was handed out."""
    _record(actor, export, "exports.fetch", rows=export.rows_done)


def make_export(uid: UUID | str) -> None:
    """Make the file; run by a worker, and again from the start when a worker died on it.

    Only the change from running to ready (or failed) has an effect outside: it happens
    once, with the ledger entry and the notice in its transaction.
    """
    export = Export.objects.select_related("account").get(uid=uid)
    begun = Export.objects.filter(pk=export.pk, state__in=OPEN).update(
        state=Export.State.RUNNING, rows_done=0, touched_at=now()
    )
    if not begun:
        return
    try:
        with translation.override(export.language):
            _make(export, actor_of(export.account))
    except _Stopped:
        return
    except DomainError as problem:
        _fail(export, problem)


def _make(export: Export, actor: Actor) -> None:
    source = list_of(export.source)
    if not source.open_to(actor):
        raise NotAllowed
    asked = dict(parse_qsl(export.asked))
    if source.count is not None:
        Export.objects.filter(pk=export.pk).update(rows_total=source.count(actor, asked))
    head, at = _head(source, actor, export, asked), local(now())
    counted = _Counted(export)
    landing = Path(settings.MOTCUA_FILES_DIR) / "landing"
    landing.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=landing) as folder:
        target = Path(folder) / f"list.{export.format}"
        WRITERS[export.format](head, counted.over(source.rows(actor, asked)), target)
        sha256, _size = put_file(target, MIMES[export.format])
    name = file_name(source.code.rpartition(".")[2], at, export.format)
    _finish(export, actor, source.name, sha256, name, counted.rows)


def _head(source: ListSource, actor: Actor, export: Export, asked: dict[str, str]) -> Head:
    made = Bilingual("Xuất lúc {at:%d/%m/%Y %H:%M}, {who}", "Exported {at:%d/%m/%Y %H:%M}, {who}")
    return Head(
        source.name.in_language(export.language),
        source.described(actor, asked) if source.described else "",
        made.format(at=local(now()), who=actor.name).in_language(export.language),
        source.chosen(asked),
        export.language,
    )


class _Counted:
    """Counts rows as they pass, tells the page how far it is, and stops when told to."""

    def __init__(self, export: Export) -> None:
        self.export, self.rows = export, 0

    def over(self, rows: Iterable[object]) -> Iterator[object]:
        for row in rows:
            self.rows += 1
            if self.rows % PROGRESS_ROWS == 0:
                self._tell()
            yield row

    def _tell(self) -> None:
        running = Export.objects.filter(pk=self.export.pk, state=Export.State.RUNNING)
        if not running.update(rows_done=self.rows, touched_at=now()):
            raise _Stopped


@transaction.atomic
def _finish(
    export: Export, actor: Actor, name: Bilingual, sha256: str, file: str, rows: int
) -> None:
    at = now()
    expires = at + dt.timedelta(days=parameter("export_keep_days", at).number)
    done = Export.objects.filter(pk=export.pk, state=Export.State.RUNNING).update(
        state=Export.State.READY,
        blob_id=sha256,
        file_name=file,
        rows_done=rows,
        rows_total=rows,
        finished_at=at,
        touched_at=at,
        expires_at=expires,
    )
    if not done:
        raise _Stopped
    _record(actor, export, "exports.made", rows=rows, sha256=sha256)
    _tell_owner(actor, export, "export.ready", {"list": name, "rows": rows, "expires": expires})


def _tell_owner(actor: Actor, export: Export, template: str, data: dict[str, object]) -> None:
    from django.urls import reverse

    notify(
        actor=actor,
        template=template,
        recipients=[Recipient(account_id=export.account_id, language=export.language)],
        data=data,
        link=reverse("exports:one", args=[export.uid]),
        dedupe_key=f"export:{export.uid}",
    )


@transaction.atomic
def _fail(export: Export, problem: DomainError) -> None:
    what, advice = problem.text(), problem.what_to_do()
    done = Export.objects.filter(pk=export.pk, state__in=OPEN).update(
        state=Export.State.FAILED,
        finished_at=now(),
        problem={"vi": f"{what.vi} {advice.vi}", "en": f"{what.en} {advice.en}"},
    )
    if done:
        actor = actor_of(export.account)
        name = list_of(export.source).name
        _record(actor, export, "exports.fail", code=problem.code)
        _tell_owner(actor, export, "export.failed", {"list": name, "reason": what})


def tidy_exports() -> int:
    """Let expired files go and end what no worker finished; returns how many rows changed."""
    at, changed = now(), 0
    stuck = at - dt.timedelta(seconds=STUCK_SECONDS)
    for export in Export.objects.filter(state__in=OPEN, touched_at__lt=stuck).select_related(
        "account"
    ):
        _fail(export, NeverFinished())
        changed += 1
    for export in Export.objects.filter(state=Export.State.READY, expires_at__lte=at)[:500]:
        changed += _expire(export)
    return changed


@transaction.atomic
def _expire(export: Export) -> int:
    sha256 = export.blob_id
    done = Export.objects.filter(pk=export.pk, state=Export.State.READY).update(
        state=Export.State.GONE, blob=None
    )
    if done:
        _record(SYSTEM, export, "exports.expire")
        if sha256:
            forget_made(sha256)
    return done

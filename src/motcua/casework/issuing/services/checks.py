"""Checking a file once per content, and remembering what was found."""

from __future__ import annotations

import datetime as dt
import hashlib

import msgspec
from django.conf import settings

from motcua.casework.issuing.demo_authority import trust_dir
from motcua.casework.issuing.models import FileVerification
from motcua.casework.issuing.verification.anchors import anchor_set
from motcua.casework.issuing.verification.apart import verify_apart
from motcua.casework.issuing.verification.engine import verify
from motcua.casework.issuing.verification.report import Report
from motcua.foundation import timesource

FRESH = dt.timedelta(hours=24)
KEPT = dt.timedelta(days=30)


def check_file(pdf: bytes, *, stranger: bool = True) -> Report:
    """The report on a file; one made in the last 24 hours with the same anchors is reused.

    Args:
        stranger: the file came from outside: it is checked in a process of its own, with
            limits of time and memory. ``False`` for files from our own store.

    The file itself is not kept. Checking is a reading act without effect on any
    case, so it stands in no ledger.
    """
    now = timesource.now()
    sha256 = hashlib.sha256(pdf).hexdigest()
    anchors = anchor_set()
    known = FileVerification.objects.filter(sha256=sha256, anchors=anchors.fingerprint).first()
    if known is not None and dt.timedelta(0) <= now - known.checked_at < FRESH:
        return msgspec.convert(known.report, Report)
    if stranger:
        limit = int(settings.MOTCUA_UPLOAD_MAX_BYTES)
        report = verify_apart(pdf, at=now, trust=trust_dir(), limit=limit)
    else:
        report = verify(pdf, at=now, anchors=anchors)
    FileVerification.objects.update_or_create(
        sha256=sha256,
        anchors=anchors.fingerprint,
        defaults={"report": msgspec.to_builtins(report), "checked_at": now},
    )
    return report


def forget_old_checks() -> int:
    """Delete remembered checks older than thirty days; how many went."""
    deleted, _ = FileVerification.objects.filter(checked_at__lt=timesource.now() - KEPT).delete()
    return deleted

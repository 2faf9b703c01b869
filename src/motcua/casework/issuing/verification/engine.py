"""The check itself: pyHanko reads and validates, this module gives the verdict.

Order of EN 319 102-1: format, hash, signature value, chain, certificate status,
time. A trusted RFC 3161 stamp moves the moment at which the signer's
certificate is judged to the moment of the stamp.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import io
import logging
from typing import Any

from django.conf import settings

from motcua.casework.issuing.verification.anchors import AnchorSet, anchor_set
from motcua.casework.issuing.verification.report import (
    Indication,
    Problem,
    Report,
    SignatureFinding,
)
from motcua.casework.issuing.waiting import outside_loop
from motcua.foundation import timesource

logger = logging.getLogger(__name__)
_MAX_SIGNATURES = 40
_MAX_REVISIONS = 120
_RANK: dict[Indication, int] = {"TOTAL-PASSED": 0, "INDETERMINATE": 1, "TOTAL-FAILED": 2}


def verify(
    pdf: bytes, *, at: dt.datetime | None = None, anchors: AnchorSet | None = None
) -> Report:
    """Check every signature of a PDF; never raises for a bad file.

    Args:
        pdf: the file's bytes, from anywhere.
        at: the moment of the check, aware; default the present.
        anchors: whom to believe; default the configured folder.

    Follows ETSI EN 319 102-1 (validation) and EN 319 142-1 (PAdES). Revocation
    is judged by the lists at hand only: nothing is fetched from a network.
    """
    moment = at or timesource.now()
    limit = int(getattr(settings, "MOTCUA_UPLOAD_MAX_BYTES", 20 * 1024 * 1024))
    if len(pdf) > limit:
        return _problem(pdf, moment, "too-large")
    believed = anchors or anchor_set()
    return outside_loop(lambda: asyncio.run(_verify(pdf, moment, believed)))


async def _verify(pdf: bytes, moment: dt.datetime, anchors: AnchorSet) -> Report:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    _quiet()
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        if reader.encrypted:
            return _problem(pdf, moment, "encrypted")
        signatures = list(reader.embedded_signatures)
        revisions = reader.xrefs.total_revisions
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError,
            RecursionError, NotImplementedError, OverflowError, ArithmeticError):  # fmt: skip
        # A hostile file may break the parser anywhere; each of these means "cannot be read".
        logger.info("unreadable file in verification", exc_info=True)
        return _problem(pdf, moment, "unreadable")
    if not signatures:
        return _problem(pdf, moment, "no-signature")
    if len(signatures) > _MAX_SIGNATURES or revisions > _MAX_REVISIONS:
        return _problem(pdf, moment, "too-large")
    newest = max(signatures, key=_reach)
    findings = [await _one(s, reader, moment, anchors, s is newest) for s in signatures]
    worst = max(findings, key=lambda f: _RANK[f.indication])
    return Report(
        sha256=hashlib.sha256(pdf).hexdigest(), size=len(pdf), checked_at=moment,
        indication=worst.indication, sub_indication=worst.sub_indication,
        signatures=tuple(findings),
    )  # fmt: skip


def _reach(signature: Any) -> int:
    """The last byte a signature vouches for."""
    try:
        ranges = signature.byte_range
        return int(ranges[-2]) + int(ranges[-1])
    except (TypeError, ValueError, IndexError, KeyError):
        return 0


async def _one(
    signature: Any, reader: Any, moment: dt.datetime, anchors: AnchorSet, newest: bool
) -> SignatureFinding:
    """Whatever a hostile signature breaks, the answer is a verdict."""
    from motcua.casework.issuing.verification import reading

    for skip_diff in (False, True):
        try:
            return await reading.judge(
                signature, reader, moment, anchors, newest=newest, skip_diff=skip_diff
            )
        except Exception:
            logger.info("malformed signature", exc_info=True)
    return reading.malformed(signature)


def _quiet() -> None:
    """An untrusted chain is an answer here, not a fault worth a traceback in the log."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _problem(pdf: bytes, moment: dt.datetime, problem: Problem) -> Report:
    return Report(
        sha256=hashlib.sha256(pdf).hexdigest(), size=len(pdf), checked_at=moment,
        indication="INDETERMINATE",
        sub_indication="SIGNED_DATA_NOT_FOUND" if problem == "no-signature" else "GENERIC",
        problem=problem,
    )  # fmt: skip

"""A clerk's own digital signature on a file that the house made of a paper."""

from __future__ import annotations

from motcua.casework.access.public import Actor, require
from motcua.casework.issuing.errors import KeyUnusable
from motcua.casework.issuing.selectors import key_of_account
from motcua.casework.issuing.services.keys import open_signing_key
from motcua.casework.issuing.services.records import letterhead
from motcua.casework.issuing.signing.ports import timestamp_authority
from motcua.foundation import timesource

FIELD = "Chu_ky_nguoi_so_hoa"


def sign_scan(*, actor: Actor, agency_id: int, pdf: bytes, reason: str) -> bytes:
    """The PDF with the actor's own signature, which has no picture (PAdES B-B or B-T).

    The caller keeps the bytes and notes the act. It is no document of the agency: it has no
    number and no seal.

    Raises:
        NotAllowed: the actor signs no slips at that agency.
        KeyUnusable: the actor has no usable signing key.
    """
    from motcua.casework.issuing.signing import pades

    require(actor, "issuing.sign_slip", agency_id=agency_id)
    key = key_of_account(actor.account_id, timesource.now()) if actor.account_id else None
    if key is None:
        raise KeyUnusable(reason="no signing key is registered for this account")
    agency = letterhead(agency_id)
    place = agency.place_name if agency else ""
    mark = pades.Mark(FIELD, name=actor.name, reason=reason, location=place)
    return pades.sign(pdf, open_signing_key(key), mark, stamps=timestamp_authority())

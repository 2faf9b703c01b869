"""Demo certificates: a seal for an agency, a signature for each of its signers."""

from __future__ import annotations

from collections.abc import Iterable

from motcua.casework.access.public import SYSTEM
from motcua.casework.agencies.public import Agency, Membership
from motcua.casework.issuing.public import add_demo_key
from motcua.web.demo.former import MERGER

SIGNERS = ("leader", "centre_head", "receiving_clerk")


def keys_for(agencies: Iterable[Agency]) -> None:
    """Make them, valid since the present units work."""
    for agency in agencies:
        add_demo_key(
            actor=SYSTEM,
            purpose="organisation",
            agency_id=agency.pk,
            name=agency.name,
            organisation=agency.name,
            valid_from=MERGER,
        )
        signers = Membership.objects.filter(
            post__agency=agency, post__role__in=SIGNERS, valid_to__isnull=True
        ).select_related("account", "post")
        for row in signers:
            add_demo_key(
                actor=SYSTEM,
                purpose="person",
                agency_id=agency.pk,
                account_id=row.account_id,
                name=row.account.display_name,
                organisation=agency.name,
                title=row.post.title,
                valid_from=MERGER,
            )

"""Every write of issuing: numbers, keys, documents, remembered checks."""

from motcua.casework.issuing.services.checks import check_file, forget_old_checks
from motcua.casework.issuing.services.documents import (
    issue,
    prepare_draft,
    revise_draft,
    seal,
    sign_and_number,
    void,
)
from motcua.casework.issuing.services.keys import (
    add_demo_key,
    add_key,
    check_keys,
    retire_key,
)
from motcua.casework.issuing.services.numbering import allocate_number, close_register
from motcua.casework.issuing.services.records import Draft
from motcua.casework.issuing.services.scans import sign_scan

__all__ = [
    "Draft",
    "add_demo_key",
    "add_key",
    "allocate_number",
    "check_file",
    "check_keys",
    "close_register",
    "forget_old_checks",
    "issue",
    "prepare_draft",
    "retire_key",
    "revise_draft",
    "seal",
    "sign_and_number",
    "sign_scan",
    "void",
]

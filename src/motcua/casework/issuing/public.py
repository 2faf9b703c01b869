"""The door of issuing: render, number, sign, seal, verify."""

from __future__ import annotations

from motcua.casework.issuing.demo_authority import (
    issue_demo_certificate,
    make_demo_authority,
    revoke_demo_certificates,
)
from motcua.casework.issuing.errors import (
    DocumentStateError,
    FontsMissing,
    KeyUnusable,
    RegisterClosed,
    RenderingFailed,
    TemplateDataMissing,
    TimestampUnavailable,
    UnknownTemplate,
)
from motcua.casework.issuing.filekeeping import without_files
from motcua.casework.issuing.fonts import unprintable
from motcua.casework.issuing.framing import verify_address
from motcua.casework.issuing.layouts import Layout, layout, layouts, register_layout
from motcua.casework.issuing.limits import CHECKS
from motcua.casework.issuing.models import (
    FileVerification,
    IssuedDocument,
    IssuedNumber,
    Register,
    SigningKey,
)
from motcua.casework.issuing.qr import qr_svg
from motcua.casework.issuing.rendering import preview, render
from motcua.casework.issuing.selectors import (
    PublicFacts,
    RegisterLine,
    access_document,
    bytes_to_show,
    digest_of,
    document_bytes,
    documents_of,
    draft_preview,
    hand_out_document,
    key_of_account,
    public_facts,
    register_book,
    seal_key_of,
    sealing_queue,
    sheets_in,
    signing_queue,
)
from motcua.casework.issuing.services import (
    Draft,
    add_demo_key,
    add_key,
    allocate_number,
    check_file,
    check_keys,
    close_register,
    issue,
    prepare_draft,
    retire_key,
    revise_draft,
    seal,
    sign_and_number,
    sign_scan,
    void,
)
from motcua.casework.issuing.signing.ports import (
    Algorithm,
    KeyReference,
    SigningIdentity,
    TimestampAuthority,
)
from motcua.casework.issuing.verification.engine import verify
from motcua.casework.issuing.verification.report import Report, SignatureFinding
from motcua.casework.issuing.wording import register_wording

__all__ = [
    "CHECKS",
    "Algorithm",
    "DocumentStateError",
    "Draft",
    "FileVerification",
    "FontsMissing",
    "IssuedDocument",
    "IssuedNumber",
    "KeyReference",
    "KeyUnusable",
    "Layout",
    "PublicFacts",
    "Register",
    "RegisterClosed",
    "RegisterLine",
    "RenderingFailed",
    "Report",
    "SignatureFinding",
    "SigningIdentity",
    "SigningKey",
    "TemplateDataMissing",
    "TimestampAuthority",
    "TimestampUnavailable",
    "UnknownTemplate",
    "access_document",
    "add_demo_key",
    "add_key",
    "allocate_number",
    "bytes_to_show",
    "check_file",
    "check_keys",
    "close_register",
    "digest_of",
    "document_bytes",
    "documents_of",
    "draft_preview",
    "hand_out_document",
    "issue",
    "issue_demo_certificate",
    "key_of_account",
    "layout",
    "layouts",
    "make_demo_authority",
    "prepare_draft",
    "preview",
    "public_facts",
    "qr_svg",
    "register_book",
    "register_layout",
    "register_wording",
    "render",
    "retire_key",
    "revise_draft",
    "revoke_demo_certificates",
    "seal",
    "seal_key_of",
    "sealing_queue",
    "sheets_in",
    "sign_and_number",
    "sign_scan",
    "signing_queue",
    "unprintable",
    "verify",
    "verify_address",
    "void",
    "without_files",
]

"""Roles by the names people use."""

from __future__ import annotations

from motcua.casework.agencies.public import ROLES

APPLICANT = {"vi": "Người nộp hồ sơ", "en": "Applicant"}


def role_names(language: str) -> dict[str, str]:
    """Role → name in a language; the applicant included."""
    names = {role: text.in_language(language) for role, text in ROLES.items()}
    names["applicant"] = APPLICANT["en" if language.startswith("en") else "vi"]
    return names

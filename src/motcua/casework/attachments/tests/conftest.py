"""A file store of its own for each test, and somebody with a draft and a case."""

from __future__ import annotations

import pytest

from motcua.casework.testing.makers import make_agency, make_case, make_citizen, make_official


@pytest.fixture(autouse=True)
def files_dir(settings, tmp_path):
    settings.MOTCUA_FILES_DIR = tmp_path / "files"
    settings.MOTCUA_CLAMD_URL = ""
    return settings.MOTCUA_FILES_DIR


@pytest.fixture
def citizen(db):
    return make_citizen()


@pytest.fixture
def stranger(db):
    return make_citizen()


@pytest.fixture
def agency(db):
    return make_agency()


@pytest.fixture
def officer(agency):
    return make_official(agency, "case_officer")


@pytest.fixture
def case(agency, citizen):
    return make_case(agency, applicant=citizen)

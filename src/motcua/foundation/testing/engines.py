"""What need not be run once for each database engine: tests that ask for no database.

pytest-django refuses every query of a test that did not ask for the database, and such a
test passes all the same: it proves on one engine what it proves on the other. With
``--database only`` those tests are left out, with ``--database none`` all others; the run
says how many they are. A test that reaches a database past Django's connection (by
processes of its own, say) bears the marker ``engine``.
"""

from __future__ import annotations

import pytest

ASKING = {"db", "transactional_db", "django_db_setup", "live_server"}
MARKS = ("django_db", "engine", "postgres")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that the parts of ``make test`` are given."""
    parser.addoption(
        "--database",
        choices=("any", "only", "none"),
        default="any",
        help="only the tests that ask for a database, or only those that ask for none",
    )


def asks_for_database(item: pytest.Item) -> bool:
    """Whether the test, or a fixture it uses, may meet the database."""
    asked = set(getattr(item, "fixturenames", ()))
    return bool(asked & ASKING) or any(item.get_closest_marker(name) for name in MARKS)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect, which pytest counts in its last line."""
    wanted = config.getoption("--database")
    if wanted == "any":
        return
    chosen = [item for item in items if asks_for_database(item) == (wanted == "only")]
    kept = set(chosen)
    left_out = [item for item in items if item not in kept]
    items[:] = chosen
    config.hook.pytest_deselected(items=left_out)


def pytest_report_collectionfinish(config: pytest.Config) -> str:
    """Say which tests are not here, and why that loses nothing."""
    return {
        "any": "",
        "only": "left out: tests that ask for no database (their own part runs them once)",
        "none": "left out: tests that ask for a database (run on every engine)",
    }[str(config.getoption("--database"))]

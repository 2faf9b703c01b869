"""The OpenAPI 3.1 document: ``python -m motcua.web.api.schema [FILE]`` writes it.

``docs/reference/openapi.json`` is committed and compared by a test, so that a change of the
API shows in review.
"""

from __future__ import annotations

import json
import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

COMMITTED = Path(__file__).resolve().parents[4] / "docs" / "reference" / "openapi.json"
FIRST_REFUSAL = 400


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The description of every route under ``/api/v1/``."""
    from dmr.openapi import OpenAPIConfig, build_schema
    from dmr.openapi.objects import License
    from dmr.routing import Router

    from motcua.web.api.routes import described

    config = OpenAPIConfig(
        title="Một Cửa",
        version="1",
        openapi_version="3.1.0",
        description="Public services of the city for programs. Texts follow Accept-Language"
        " (vi, en); refusals are RFC 9457 problem documents.",
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
    )
    built = build_schema(Router("/api/v1/", described()), config=config)
    made: dict[str, Any] = json.loads(json.dumps(built.convert(skip_validation=True), default=str))
    for path in made["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict):
                _as_problems(operation.get("responses", {}))
    return made


def _as_problems(responses: dict[str, Any]) -> None:
    """Refusals are ``application/problem+json``; the framework documents its one renderer."""
    from motcua.foundation.rest import PROBLEM_TYPE

    for status, response in responses.items():
        content = response.get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        if int(status) >= FIRST_REFUSAL and schema.get("$ref", "").endswith("/Problem"):
            content[PROBLEM_TYPE] = content.pop("application/json")


def text() -> str:
    """The document as it is committed."""
    return json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> int:
    """Write the document to the file named, or to the documentation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.web.settings.testing")
    import django

    django.setup()
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else COMMITTED
    target.write_text(text(), "utf-8")
    print(target)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

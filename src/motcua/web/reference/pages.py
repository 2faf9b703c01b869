"""The pages themselves: each a function from the registries to Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.apps import apps
from django.db.models import Model

from motcua.casework.access.public import declared_permissions
from motcua.foundation.config import reference_table
from motcua.foundation.errors import all_errors
from motcua.foundation.outbox.registry import HANDLERS, SCHEDULES, SUBSCRIBERS
from motcua.web.reference.code import documented_topics, emitted_topics, import_everything

MADE = "<!-- Made by `python -m motcua.web.reference`. Edit the code, not this page. -->\n\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for row in rows:
        cells = (str(cell).replace("|", "\\|").replace("\n", " ") for cell in row)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def house_models() -> list[type[Model]]:
    """The models of our own apps, by label."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("motcua.")]
    return sorted(ours, key=lambda model: model._meta.label)


def errors_page() -> str:
    """Every error a person or an API client can meet."""
    classes = {error.code: error for error in all_errors() if error.__module__[:7] == "motcua."}
    intro = (
        "# Errors\n\nEach refusal has a stable code. The API answers with an RFC 9457 problem "
        "document of type `urn:motcua:error:<code>`; pages show the same two texts. "
        "`{names}` are filled in from the problem's `data`.\n\n"
    )
    rows: list[tuple[object, ...]] = []
    for code in sorted(classes):
        error = classes[code]
        rows.append(
            (
                f"`{code}`",
                error.status,
                f"{error.message.vi} {error.advice.vi}",
                f"{error.message.en} {error.advice.en}",
            )
        )
    return MADE + intro + _table(("Code", "HTTP", "Tiếng Việt", "English"), rows)


def events_page() -> str:
    """Every event, who emits it, who hears it; every queue and schedule."""
    meaning = documented_topics()
    emitters: dict[str, set[str]] = {topic: set() for topic in meaning}
    for use in emitted_topics():
        emitters.setdefault(use.name, set()).add(use.source)
    events = [
        (
            f"`{topic}`",
            meaning.get(topic, ("", ""))[0],
            ", ".join(f"`{place}`" for place in sorted(emitters[topic])),
            ", ".join(f"`{name}`" for name in sorted(SUBSCRIBERS.get(topic, []))),
        )
        for topic in sorted(emitters)
    ]
    queues = [
        (
            f"`{name}`",
            (handler.function.__doc__ or "").strip().splitlines()[0:1][0]
            if handler.function.__doc__
            else "",
            f"every {SCHEDULES[name].seconds} s" if name in SCHEDULES else "",
            handler.max_attempts,
        )
        for name, handler in sorted(HANDLERS.items())
        if handler.function.__module__.startswith("motcua.")
        and ".tests." not in handler.function.__module__
    ]
    return (
        MADE
        + "# Events and queues\n\nAn event is written in the transaction of what it tells of and "
        "handed to its subscribers afterwards, at least once.\n\n## Events\n\n"
        + _table(("Topic", "Meaning", "Emitted in", "Subscribers"), events)
        + "\n## Queues\n\n"
        + _table(("Queue", "Work", "Schedule", "Tries"), queues)
    )


def settings_page() -> str:
    """Every environment variable."""
    return (
        MADE + "# Settings\n\nEverything is set by environment variables; every one has a default "
        "that works on one machine.\n\n" + reference_table("en")
    )


def permissions_page() -> str:
    """Every permission and the roles that have it."""
    rows = [
        (
            f"`{permission.code}`",
            permission.vi,
            permission.en,
            ", ".join(f"`{role}`" for role in sorted(permission.roles))
            + (" + citizens" if permission.citizens else ""),
        )
        for permission in declared_permissions()
        if not permission.code.startswith("test.")
    ]
    intro = (
        "# Permissions\n\nNobody may do anything that is not named here. A role counts in the "
        "agency of the post; which cases somebody sees is decided by the visibility relation.\n\n"
    )
    return MADE + intro + _table(("Permission", "Tiếng Việt", "English", "Roles"), rows)


def models_page() -> str:
    """Every table: why it exists in law, what class of data it holds, how long it is kept."""
    rows = [
        (
            f"`{model._meta.label}`",
            (model.__doc__ or "").strip().splitlines()[0],
            getattr(model, "data_class", ""),
            getattr(model, "legal_basis", ""),
            getattr(model, "retention", ""),
        )
        for model in house_models()
    ]
    heads = ("Model", "Holds", "Data class", "Legal basis", "Retention")
    return MADE + "# Models\n\n" + _table(heads, rows)


PAGES: dict[str, Callable[[], str]] = {
    "errors.md": errors_page,
    "events.md": events_page,
    "settings.md": settings_page,
    "permissions.md": permissions_page,
    "models.md": models_page,
}


def render() -> dict[str, str]:
    """All pages by file name."""
    import_everything()
    return {name: page() for name, page in PAGES.items()}

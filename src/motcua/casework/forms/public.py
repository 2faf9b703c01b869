"""The door of forms: compile, show, check, keep."""

from motcua.casework.forms.rendering import (
    DrawnField,
    autosave_reply,
    render_fields,
    render_step,
    render_summary,
)
from motcua.casework.forms.rules.compiling import check_form, checksum_of, compile_form
from motcua.casework.forms.rules.definition import (
    BrokenForm,
    Field,
    FormDefinition,
    FormProblem,
    Step,
)
from motcua.casework.forms.rules.prefilling import PrefillSource, Provenance, prefill
from motcua.casework.forms.rules.reading import AnswerChange, SummaryRow, changes, summary
from motcua.casework.forms.rules.settling import (
    Settled,
    next_step,
    previous_step,
    settle,
    steps_shown,
)
from motcua.casework.forms.rules.validating import Validated, validate
from motcua.casework.forms.screens import Outcome, one_screen, take_screen
from motcua.casework.forms.selectors import (
    Draft,
    answer_versions,
    draft_of,
    drafts_of,
    latest_answers,
    latest_columns,
    versions_of_many,
)
from motcua.casework.forms.services import (
    discard_draft,
    discard_old_drafts,
    save_draft,
    submit_answers,
)
from motcua.casework.forms.views_of_fields import ShownFile

__all__ = [
    "AnswerChange",
    "BrokenForm",
    "Draft",
    "DrawnField",
    "Field",
    "FormDefinition",
    "FormProblem",
    "Outcome",
    "PrefillSource",
    "Provenance",
    "Settled",
    "ShownFile",
    "Step",
    "SummaryRow",
    "Validated",
    "answer_versions",
    "autosave_reply",
    "changes",
    "check_form",
    "checksum_of",
    "compile_form",
    "discard_draft",
    "discard_old_drafts",
    "draft_of",
    "drafts_of",
    "latest_answers",
    "latest_columns",
    "next_step",
    "one_screen",
    "prefill",
    "previous_step",
    "render_fields",
    "render_step",
    "render_summary",
    "save_draft",
    "settle",
    "steps_shown",
    "submit_answers",
    "summary",
    "take_screen",
    "validate",
    "versions_of_many",
]

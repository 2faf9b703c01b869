"""Pure decisions about procedures: no database, no clock, no request."""

from motcua.subsystems.procedures.rules.cases import (
    Paper,
    all_components,
    case_for,
    components_for,
    variables,
)
from motcua.subsystems.procedures.rules.dated import Package, in_force, rows_in_force, text
from motcua.subsystems.procedures.rules.fees import CityRules, FeeLine, FeeResult, fee_for
from motcua.subsystems.procedures.rules.guide import (
    CaseGuide,
    ChannelGuide,
    Guide,
    LegalBasis,
    guide_for,
    limit_text,
    told,
)
from motcua.subsystems.procedures.rules.limits import (
    LegalLimit,
    MissingLimitError,
    first_answer_for,
    limit_for,
    second_phase_for,
)
from motcua.subsystems.procedures.rules.process_check import STATES, TRANSITIONS, VERBS
from motcua.subsystems.procedures.rules.validation import Problem, known_names, validate_package

__all__ = [
    "STATES",
    "TRANSITIONS",
    "VERBS",
    "CaseGuide",
    "ChannelGuide",
    "CityRules",
    "FeeLine",
    "FeeResult",
    "Guide",
    "LegalBasis",
    "LegalLimit",
    "MissingLimitError",
    "Package",
    "Paper",
    "Problem",
    "all_components",
    "case_for",
    "components_for",
    "fee_for",
    "first_answer_for",
    "guide_for",
    "in_force",
    "known_names",
    "limit_for",
    "limit_text",
    "rows_in_force",
    "second_phase_for",
    "text",
    "told",
    "validate_package",
    "variables",
]

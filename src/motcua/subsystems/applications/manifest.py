"""Registers dossiers with the kernel: the kind with its states, and what each role may do."""

from __future__ import annotations

from motcua.casework.access.public import declare_permission
from motcua.casework.cases.public import register_kind
from motcua.casework.workflow.public import register_variables, register_verb
from motcua.subsystems.applications.states import APPLICATION, APPLICATION_GROUP


def _register_process_commands() -> None:
    """Timers and silent consultations run the same verbs as people do."""
    from motcua.subsystems.applications.services import act_by_itself, known_verbs
    from motcua.subsystems.applications.services.steps import variables_of_case

    for name in sorted(known_verbs()):
        register_verb(name, act_by_itself)
    register_variables(APPLICATION.code, variables_of_case)


CLERKS = ("receiving_clerk", "centre_head")


def register() -> None:
    """Called once at start-up."""
    register_kind(APPLICATION)
    register_kind(APPLICATION_GROUP)
    _register_process_commands()
    declare_permission(
        "applications.submit",
        "Nộp hồ sơ trực tuyến",
        "File a dossier online",
        roles=[],
        citizens=True,
    )
    declare_permission(
        "applications.receive_at_counter",
        "Nhận hồ sơ tại quầy và nộp hộ người dân",
        "Receive a dossier at the counter and file for a citizen",
        roles=CLERKS,
    )
    declare_permission(
        "applications.extend",
        "Xin lỗi và gia hạn một lần",
        "Apologise and extend once",
        roles=["division_head", "leader", "centre_head"],
    )
    declare_permission(
        "applications.ask_again",
        "Đồng ý yêu cầu bổ sung lần hai",
        "Consent to a second request for supplements",
        roles=["centre_head", "leader"],
    )
    declare_permission(
        "applications.hand_over",
        "Lập phiếu giao nhận hồ sơ và kết quả",
        "Make hand-over sheets of dossiers and results",
        roles=CLERKS,
    )
    declare_permission(
        "applications.close_register",
        "Khóa sổ theo dõi hồ sơ của năm",
        "Close the yearly register of dossiers",
        roles=["centre_head"],
    )
    declare_permission(
        "applications.import_outage",
        "Nhập hồ sơ nhận trên giấy khi hệ thống dừng",
        "Enter dossiers received on paper during an outage",
        roles=["receiving_clerk"],
    )
    declare_permission(
        "applications.print_slip",
        "In phiếu kiểm soát và sổ theo dõi",
        "Print the control slip and the register",
        roles=[*CLERKS, "supervisor"],
    )

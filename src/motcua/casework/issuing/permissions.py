"""Who may draft, sign, seal and void (declared when the part loads)."""

from __future__ import annotations

from motcua.casework.access.public import declare_permission

DRAFT = declare_permission(
    "issuing.draft", "Soạn dự thảo văn bản", "Draft a document",
    roles=("receiving_clerk", "centre_head", "case_officer", "division_head", "leader",
           "consulted_officer"),
)  # fmt: skip
SIGN = declare_permission(
    "issuing.sign", "Ký ban hành văn bản", "Sign a document for the agency",
    roles=("leader", "centre_head", "division_head"),
)  # fmt: skip
SIGN_SLIP = declare_permission(
    "issuing.sign_slip", "Ký phiếu của Bộ phận Một cửa", "Sign a slip of the counter",
    roles=("receiving_clerk", "centre_head", "case_officer", "division_head", "leader"),
)  # fmt: skip
SEAL = declare_permission(
    "issuing.seal", "Đóng dấu, phát hành văn bản", "Seal and issue a document",
    roles=("records_clerk",),
)  # fmt: skip
VOID = declare_permission(
    "issuing.void", "Hủy văn bản đã cấp số", "Void a numbered document",
    roles=("leader", "centre_head", "records_clerk"),
)  # fmt: skip
KEYS = declare_permission(
    "issuing.keys", "Quản lý khóa ký số", "Manage signing keys", roles=("administrator",)
)
REGISTERS = declare_permission(
    "issuing.registers", "Khóa sổ đăng ký văn bản", "Close registers",
    roles=("records_clerk", "administrator"),
)  # fmt: skip
READ = declare_permission(
    "issuing.read", "Xem văn bản của cơ quan", "Read the agency's documents",
    roles=("receiving_clerk", "centre_head", "case_officer", "division_head", "leader",
           "records_clerk", "consulted_officer", "supervisor"),
)  # fmt: skip

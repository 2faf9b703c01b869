"""Who may change the organisation of the city."""

from __future__ import annotations

from motcua.casework.access.public import declare_permission

declare_permission(
    "agencies.manage",
    "Lập, sáp nhập cơ quan; giao vị trí; uỷ quyền ký",
    "Found and merge agencies, fill posts, delegate signing",
    roles=["administrator"],
)

STAND_IN = "agencies.stand_in"
declare_permission(
    STAND_IN,
    "Cử người làm thay khi vắng mặt",
    "Let somebody stand in for an absent colleague",
    roles=["division_head", "leader", "centre_head"],
)

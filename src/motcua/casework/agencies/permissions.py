"""Who may change the organisation of the city."""

from __future__ import annotations

from motcua.casework.access.public import declare_permission

declare_permission(
    "agencies.manage",
    "Lập, sáp nhập cơ quan; giao vị trí; uỷ quyền ký",
    "Found and merge agencies, fill posts, delegate signing",
    roles=["administrator"],
)

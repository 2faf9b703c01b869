"""What this part lets people do beyond taking their turn."""

from motcua.casework.access.public import declare_permission

PUBLISH = declare_permission(
    "workflow.publish",
    "Công bố quy trình",
    "Publish a process",
    roles=["administrator", "supervisor"],
)
ASSIGN = declare_permission(
    "workflow.assign",
    "Giao việc cho người xử lý",
    "Assign work to a person",
    roles=["centre_head", "division_head", "leader"],
)

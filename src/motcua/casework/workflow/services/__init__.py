"""Every write of the workflow: publish a process, start a case in it, move it on."""

from motcua.casework.workflow.services.holding import assign, cancel_all, inherit
from motcua.casework.workflow.services.moving import move, start
from motcua.casework.workflow.services.publishing import publish
from motcua.casework.workflow.services.signalling import take_signal
from motcua.casework.workflow.services.timing import Fired, fire_due_timers

__all__ = [
    "Fired",
    "assign",
    "cancel_all",
    "fire_due_timers",
    "inherit",
    "move",
    "publish",
    "start",
    "take_signal",
]

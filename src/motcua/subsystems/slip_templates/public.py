"""The door of this slice: which slips have words; issuing asks for them by the kernel's port."""

from motcua.subsystems.slip_templates.forms import FORMS

__all__ = ["FORMS"]

"""The door of this slice: what others may call."""

from motcua.subsystems.batches.models import Batch

__all__ = ["Batch"]

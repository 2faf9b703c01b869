"""What the house keeps for a person, and how paper becomes a file."""

from motcua.subsystems.papers.models.consenting import Consent, ShareCode
from motcua.subsystems.papers.models.scanning import PaperScan
from motcua.subsystems.papers.models.store import LAW, Look, StoredPaper

__all__ = ["LAW", "Consent", "Look", "PaperScan", "ShareCode", "StoredPaper"]

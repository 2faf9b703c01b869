"""ClamAV behind the kernel's scanner port."""

from motcua.adapters.clamav.client import ClamdScanner

__all__ = ["ClamdScanner"]

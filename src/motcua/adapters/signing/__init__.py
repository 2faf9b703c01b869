"""Signing devices and timestamp authorities behind the ports of ``casework.issuing``."""

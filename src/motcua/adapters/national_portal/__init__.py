"""The national public-service portal behind the synchronisation's port."""

from motcua.adapters.national_portal.client import NationalPortal

__all__ = ["NationalPortal"]

"""The API root: what stands at ``/api/``."""

"""Makers of kernel objects for tests; never imported by the application itself."""

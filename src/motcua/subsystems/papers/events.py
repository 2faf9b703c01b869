"""This slice emits no events; it hears ``applications.accept`` and ``applications.issue``."""

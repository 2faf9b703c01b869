"""Events this slice emits.

- ``reports.rules_activated`` — another set of routing rules is in force: ``number``.
"""

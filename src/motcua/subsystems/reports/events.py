"""Events this slice emits. Every payload has ``case_id`` unless it says otherwise.

- ``reports.rules_activated`` — another set of routing rules is in force: only ``number``.
- ``reports.received`` — a report came in: ``state``; ``trouble``: rules that could not be judged.
- ``reports.acted`` — a unit acted: ``action``, ``state``, ``version``.
- ``reports.supported`` — somebody said "me too".
- ``reports.merged`` — it was merged into another one: ``into``.
- ``reports.unmerged`` — it was taken out again.
- ``reports.answered`` — the reporter answered a question.
- ``reports.rated`` — the reporter rated it: ``satisfied``.
- ``reports.reopened`` — the reporter asked to look again.
"""

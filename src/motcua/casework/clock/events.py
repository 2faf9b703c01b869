"""Events this part emits; each payload has ``case_id``, ``old``, ``proposed``, ``new``, ``track``.

- ``clock.due_moved`` — a change of the calendar moved a due date, and the case says why.
- ``clock.earlier_proposed`` — it would move a due date forward; an official has to agree.
"""

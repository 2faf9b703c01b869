"""Events this part emits; deadlines are then looked at again, never moved in silence.

- ``calendar.day_changed`` — a holiday, make-up day or swap was added, changed or taken back.
- ``calendar.hours_changed`` — an agency's opening hours changed.
"""

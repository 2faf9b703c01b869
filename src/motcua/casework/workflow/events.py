"""Events this part emits.

- ``workflow.published`` — a version of a definition was published: ``definition``, ``version``.
- ``workflow.timer_fired`` — a step's time ran out and its action ran by itself: ``case``,
  ``step``, ``timer``.
- ``workflow.consultation_silent`` — an asked agency did not answer in time and the rule of
  silence was applied: ``case``, ``step``, ``agency``, ``rule``.
"""

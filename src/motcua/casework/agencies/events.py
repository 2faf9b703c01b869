"""Events this part emits.

- ``agencies.merged`` — an agency handed its work to a successor: ``successor``, ``from``,
  ``decision``; the key is the old agency's number.
"""

"""Supervision: the board of late and nearly late work, and the evaluation of handling."""

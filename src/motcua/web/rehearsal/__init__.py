"""Rehearsing on a scratch copy what cannot be undone: a merger of two agencies."""

"""The outside world behind kernel ports."""

"""The official's door: the one inbox and what hangs on it."""

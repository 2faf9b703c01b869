"""Pages for operators and units."""

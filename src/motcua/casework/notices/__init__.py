"""One notice, many channels, templates per language, delivery log."""

"""One notice to many people: chosen by a filter, approved, sent in the background."""

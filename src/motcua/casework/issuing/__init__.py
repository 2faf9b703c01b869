"""The official answer: rendered, numbered, signed, sealed, verifiable."""

"""Signing or sealing many results with one approval."""

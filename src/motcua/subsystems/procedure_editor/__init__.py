"""Procedures are mended, drawn, tried out and published in the console."""

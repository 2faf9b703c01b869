"""The catalogue of administrative procedures (TTHC) as dated data."""

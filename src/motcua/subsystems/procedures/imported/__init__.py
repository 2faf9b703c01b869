"""Procedures as the national catalogue tells them: imported, read, compared, shown."""

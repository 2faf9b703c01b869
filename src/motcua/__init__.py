"""Một Cửa: the platform on which a city government runs."""

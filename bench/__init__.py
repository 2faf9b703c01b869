"""Measurements beside named floors; see ``__main__``."""

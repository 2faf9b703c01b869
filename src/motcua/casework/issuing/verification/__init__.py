"""Checking a signed PDF and saying what was found, in the words of ETSI EN 319 102-1."""

"""One folder per business area, independent of each other."""

"""Pages for citizens and for everybody."""

"""Content-addressed files whose original bytes are never rewritten."""

"""Lists that leave the house as files: made in the background, private, and for a few days."""

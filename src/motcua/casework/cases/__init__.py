"""Case, its states, claims, assignments, corrections and the one inbox."""

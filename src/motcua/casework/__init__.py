"""The kernel: a city government is casework, built once."""

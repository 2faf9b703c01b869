"""Vietnamese text search with the permission filter inside the query."""

"""Making the tables of an empty database at once instead of migration by migration."""

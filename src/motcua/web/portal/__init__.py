"""The citizen's door: home, search, log-in, own dossiers."""

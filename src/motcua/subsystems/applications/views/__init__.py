"""The citizen's pages: applying, own dossiers, answering requests."""

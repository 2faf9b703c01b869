"""The pages of officials for dossiers: one module per desk."""

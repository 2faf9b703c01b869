"""The reference pages of the documentation, made from the registries and the code itself."""

"""The pages of the portal that belong to no single service."""

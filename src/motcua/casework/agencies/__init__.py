"""Organisations through time: succession, posts, memberships, delegated authority."""

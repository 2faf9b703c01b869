"""Tokens and components of both faces, and the living page that shows them."""

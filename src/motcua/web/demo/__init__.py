"""The demo city: Ho Chi Minh City, made by running the real services."""

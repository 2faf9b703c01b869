"""The other side of bank notices, for trials; a real bank calls our webhook by itself."""

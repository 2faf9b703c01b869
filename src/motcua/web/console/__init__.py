"""The official's door: the one inbox over all kinds, search, and the pages of the house itself."""

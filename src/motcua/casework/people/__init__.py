"""Citizens and organisations as parties, and the accounts they log in with."""

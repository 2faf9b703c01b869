"""Pages for payers and cashiers, and the door for banks."""

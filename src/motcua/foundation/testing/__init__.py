"""The testing kit: what tests of every part share."""

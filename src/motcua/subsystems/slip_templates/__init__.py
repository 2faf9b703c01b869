"""The words of the printed slips: edited as drafts, published by a second person."""

"""Fees, receipts and what was paid."""

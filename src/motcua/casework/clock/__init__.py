"""The legal clock of a case as a ledger of rows that explains itself."""

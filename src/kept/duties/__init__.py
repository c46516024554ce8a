"""The ledger of duties: everything owed to a child, by whom, under what authority, by when, kept or not."""

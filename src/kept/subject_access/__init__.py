"""A family's rights over the record: a copy of everything, corrections, and the young person's own rights."""

"""Kept: the record on which a local area keeps what it owes to children with SEND."""

"""Commands of the Local Offer."""

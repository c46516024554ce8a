"""The Local Offer: a directory that says what is true today, checked against the law, searched as families type."""

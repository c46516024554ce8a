"""Floor 5: the product's own command line, one module per command."""

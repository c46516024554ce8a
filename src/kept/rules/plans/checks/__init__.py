"""The checks, one module per subject; each gives hits for the rules that it names."""

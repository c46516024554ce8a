"""Measures computed from the records of the services, never typed in, with the rows behind every figure."""

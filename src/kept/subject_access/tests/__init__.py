"""Tests of the rights over a record."""

"""Statutory notices: letters with the rights and dates a decision requires, proof that they went, and templates."""

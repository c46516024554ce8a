"""Audits of plans: a fair sample, judged without names by two agencies and a parent carer."""

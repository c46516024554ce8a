"""The demonstration area. Never imported by the rest."""

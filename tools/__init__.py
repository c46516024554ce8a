"""Developers' commands, one module each, called by ./run."""

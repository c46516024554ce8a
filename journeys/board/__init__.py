"""Journeys of the improvement board, the forum and whoever reads the public page."""

"""Settings, addresses and the database launcher."""

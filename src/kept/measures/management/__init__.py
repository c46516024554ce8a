"""Commands for `manage`."""

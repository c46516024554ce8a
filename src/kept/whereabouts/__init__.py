"""Where is every child? On roll where, attending or not, and who confirmed it last."""

"""Papers and photos about a child: what they truly are, whether they are safe, and who may open them."""

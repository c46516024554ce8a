"""Floor 1: the law and the arithmetic. Pure Python; no Django, no database, no clock on the wall."""

"""What a family sees of its own record, says into it, and is owed: the page that every other one serves."""

"""Delivered against specified: what each plan owes each week, what came, who says so, and what is owed back."""

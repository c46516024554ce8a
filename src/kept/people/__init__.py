"""Children and young people, their families, their settings: the facts that every service shares."""

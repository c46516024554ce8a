"""A plan as a document, from one set of facts: HTML, PDF/UA, Word, easy read and the child's own version."""

"""A plan as a document: accessible HTML, PDF/UA, Word, easy read and the child's own version, all from one set of facts."""

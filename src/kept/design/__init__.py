"""The look: one layout, the components, the form renderer and the words for dates and numbers."""

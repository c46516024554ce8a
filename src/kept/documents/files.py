"""A file box that takes several files."""

from __future__ import annotations

from typing import Any

from django import forms


class SeveralFiles(forms.ClearableFileInput):
    """A file box that takes several files; on a phone it offers the camera."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file as it came; the actions look inside."""
        one = super().clean
        return [one(each, initial) for each in data] if isinstance(data, list) and data else [one(None, initial)]

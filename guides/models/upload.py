"""Archives between their dry run and their import."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Upload(models.Model):
    """An archive that somebody uploaded and may import next. Kept for a day at most."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=300)
    content = models.BinaryField()
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

"""Archives between their dry run and their import."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

KEPT = datetime.timedelta(days=1)


class Upload(models.Model):
    """An archive that somebody uploaded and may import next. Kept for a day at most."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=300)
    content = models.BinaryField()
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def keep(cls, user: Any, file: UploadedFile) -> Self:
        """Keep a file for its import. What this person or anybody a day ago left behind goes."""
        cls.objects.filter(models.Q(created__lt=timezone.now() - KEPT) | models.Q(user=user)).delete()
        file.seek(0)
        return cls.objects.create(user=user, name=str(file.name)[:300], content=file.read())

    @classmethod
    def of(cls, user: Any) -> models.QuerySet[Self]:
        """What this person uploaded and has neither imported nor discarded."""
        return cls.objects.filter(user=user, created__gte=timezone.now() - KEPT)

"""The picture that an organisation is known by, on the public pages and on letters."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Logo(models.Model):
    """One version of it, drawn anew by us as PNG; without content it was taken away. Never changed."""

    version = models.PositiveIntegerField(unique=True)
    content = models.BinaryField(blank=True, default=bytes)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="logos"
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(version__gte=1), name="logo_has_a_version")]

    def __str__(self) -> str:
        return f"logo {self.version}"

"""Rule packs: which clocks run, for how long, and what a letter has to say."""

from typing import Any

from django.db import models


class RulePackVersion(models.Model):
    """One version of a pack, for ever as it was: complaints keep the version they started under."""

    pack = models.SlugField(max_length=64)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    document = models.JSONField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "version"], name="one_document_per_pack_version")]

    def __str__(self) -> str:
        return f"{self.pack} {self.version}"

    @property
    def clocks(self) -> list[dict[str, Any]]:
        """The clocks of the pack, as written in its document."""
        found: list[dict[str, Any]] = self.document["clocks"]
        return found


class Activation(models.Model):
    """From when on a pack version applies to complaints that are received."""

    pack_version = models.ForeignKey(RulePackVersion, on_delete=models.PROTECT, related_name="activations")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gte=models.F("starts_at")),
                name="activation_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pack_version} from {self.starts_at:%Y-%m-%d}"

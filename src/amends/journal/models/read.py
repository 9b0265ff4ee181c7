"""Who looked at what."""

from django.db import models


class ReadEvent(models.Model):
    """A person looked at a subject: one row per person, subject, group of fields and quarter of an hour."""

    actor = models.UUIDField()
    acting_as = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=32)
    subject = models.UUIDField()
    field_group = models.CharField(max_length=32)
    reason = models.CharField(max_length=40, blank=True)
    quarter = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "actor", "field_group", "quarter"], name="one_read_per_quarter_of_an_hour"
            ),
        ]
        indexes = [models.Index(fields=["quarter"], name="read_by_quarter")]

    def __str__(self) -> str:
        return f"{self.field_group} of {self.subject} by {self.actor}"

"""What is due when. Computed once, when it is set or moved; never derived again at reading."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint


class Deadline(models.Model):
    """One clock of one complaint: open until it is met or falls away."""

    class Kind(models.TextChoices):
        ACKNOWLEDGEMENT = "acknowledgement", _("Confirm receipt")
        DECISION = "decision", _("Decision")
        ANSWER = "answer", _("Answer of the complainant")
        REVIEW = "review", _("Internal review")
        REMEDY = "remedy", _("Remedy")

    class OwedBy(models.TextChoices):
        ORGANISATION = "organisation", _("Us")
        COMPLAINANT = "complainant", _("The complainant")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="deadlines")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    round = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveSmallIntegerField(default=0)
    owed_by = models.CharField(max_length=12, choices=OwedBy.choices, default=OwedBy.ORGANISATION)
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    extended_from = models.DateTimeField(null=True, blank=True)
    basis = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "kind", "number"],
                condition=models.Q(met_at__isnull=True, dropped_at__isnull=True),
                name="one_open_deadline_per_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(met_at__isnull=True) | models.Q(dropped_at__isnull=True),
                name="deadline_met_or_dropped",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="deadline_open",
                condition=models.Q(met_at__isnull=True, dropped_at__isnull=True),
            ),
            models.Index(fields=["complaint", "due_at"], name="deadline_by_complaint"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.complaint_id}"

    @property
    def is_open(self) -> bool:
        """Whether it still runs."""
        return self.met_at is None and self.dropped_at is None

    @property
    def was_late(self) -> bool:
        """Whether it was met after its time."""
        return self.met_at is not None and self.met_at > self.due_at

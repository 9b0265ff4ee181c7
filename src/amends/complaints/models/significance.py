"""Significant complaints: what top management was told, who has read it, and what is being done (5.4.1)."""

from datetime import timedelta

from django.db import models

from amends.complaints.models.complaint import Complaint
from amends.people.models import Person


class SignificantAlert(models.Model):
    """One alert: the criteria that were met, and the first reaction. A new criterion met later is a new alert."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="significant_alerts")
    number = models.PositiveSmallIntegerField()
    #: Codes of framework.significance.Why, and the version of the criteria that they belong to.
    why = models.JSONField()
    criteria = models.PositiveIntegerField()
    note = models.CharField(max_length=1000, blank=True)
    raised_at = models.DateTimeField()
    #: When the clock reminds of it, once; empty when nobody has to be reminded any more.
    remind_at = models.DateTimeField(null=True, blank=True)
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="significant_alerts_raised")
    reaction = models.CharField(max_length=2000, blank=True)
    reacted_at = models.DateTimeField(null=True, blank=True)
    reacted_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="significant_reactions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "number"], name="significant_alerts_are_numbered"),
            models.CheckConstraint(
                condition=models.Q(reacted_at__isnull=True, reacted_by__isnull=True, reaction="")
                | models.Q(reacted_at__gte=models.F("raised_at"), reacted_by__isnull=False) & ~models.Q(reaction=""),
                name="significant_reaction_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["remind_at"], name="significant_reminds", condition=models.Q(remind_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"significant alert {self.number} of {self.complaint_id}"

    @property
    def reaction_time(self) -> timedelta | None:
        """From the alert to the first reaction; None while nobody has reacted."""
        return self.reacted_at - self.raised_at if self.reacted_at else None


class SignificantReader(models.Model):
    """Somebody who was told, and when they said that they have read it."""

    alert = models.ForeignKey(SignificantAlert, on_delete=models.PROTECT, related_name="readers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="significant_alerts_told")
    instead_of = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="significant_alerts_stood_in"
    )
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "person"], name="told_once_of_a_significant_alert")]
        indexes = [
            models.Index(
                fields=["person", "alert"], name="significant_unread", condition=models.Q(read_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} told of {self.alert_id}"

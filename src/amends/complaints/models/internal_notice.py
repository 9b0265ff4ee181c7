"""Telling those involved inside the organisation what was decided, and that they read it (7.8)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.complaints.models.response import Communication
from amends.people.models import Person


class InternalNotice(models.Model):
    """One person who had a part in it was told the decision."""

    class Why(models.TextChoices):
        HANDLER = "handler", _("handles it")
        PROPOSED = "proposed", _("proposed the response")
        DECIDED = "decided", _("decided")
        INVESTIGATED = "investigated", _("found out what happened")
        RECORDED = "recorded", _("wrote it down")
        MANAGES = "manages", _("manages a unit that takes part")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="internal_notices")
    communication = models.ForeignKey(Communication, on_delete=models.PROTECT, related_name="internal_notices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="internal_notices")
    why = models.CharField(max_length=12, choices=Why.choices)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["communication", "person"], name="told_once_of_each_decision"),
            models.CheckConstraint(condition=Q(read_at__isnull=True) | Q(read_at__gte=F("at")), name="read_after_told"),
        ]
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="unread_notices", condition=Q(read_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"notice to {self.person_id} of {self.complaint_id}"

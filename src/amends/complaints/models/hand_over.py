"""Handing a complaint on: it stays with the giver until somebody accepts it, so that none is lost (5.4.4)."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from amends.complaints.models.complaint import Complaint
from amends.people.models import Person, Unit


class HandOverQuerySet(models.QuerySet["HandOver"]):
    """Reads over hand-overs."""

    def open(self) -> "HandOverQuerySet":
        """Those that nobody has answered yet."""
        return self.filter(accepted_at__isnull=True, declined_at__isnull=True, ended_at__isnull=True)


class HandOver(models.Model):
    """A complaint offered to a person, or to all who handle complaints of a unit, with a note."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="hand_overs")
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hand_overs_given")
    to_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="hand_overs_offered"
    )
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="hand_overs_offered")
    note = models.CharField(max_length=2000)
    given_at = models.DateTimeField()
    due_at = models.DateTimeField()
    #: When the clock reminds of it, once; empty when nobody has to be reminded any more.
    remind_at = models.DateTimeField(null=True, blank=True)
    #: Whether the unit takes part only so that those who are asked can read it.
    lets_unit_in = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    #: Who accepted or declined it.
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="hand_overs_answered"
    )
    decline_reason = models.CharField(max_length=1000, blank=True)
    #: Nobody answered: it was assigned meanwhile, or given to somebody else.
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"],
                condition=Q(accepted_at__isnull=True, declined_at__isnull=True, ended_at__isnull=True),
                name="one_open_hand_over",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, declined_at__isnull=True, answered_by__isnull=True)
                | Q(answered_by__isnull=False, accepted_at__isnull=False, declined_at__isnull=True)
                | Q(answered_by__isnull=False, accepted_at__isnull=True, declined_at__isnull=False),
                name="hand_over_is_answered_once",
            ),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True) | ~Q(decline_reason=""), name="declined_with_a_reason"
            ),
            models.CheckConstraint(condition=~Q(to_person=models.F("given_by")), name="nobody_hands_to_themselves"),
        ]
        indexes = [
            models.Index(fields=["remind_at"], name="hand_over_reminds", condition=Q(remind_at__isnull=False)),
            models.Index(
                fields=["to_unit", "to_person"],
                name="hand_over_open",
                condition=Q(accepted_at__isnull=True, declined_at__isnull=True, ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"hand-over of {self.complaint_id}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it yet."""
        return self.accepted_at is None and self.declined_at is None and self.ended_at is None

    def is_late(self, at: datetime) -> bool:
        """Whether it waits longer than it should."""
        return self.is_open and self.due_at < at

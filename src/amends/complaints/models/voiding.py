"""That an entry was made by mistake or as a test: asked by one, confirmed by another, lifted where it was wrong."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.people.models import Person


class VoidingQuerySet(models.QuerySet["Voiding"]):
    """Reads over voidings."""

    def asked(self) -> "VoidingQuerySet":
        """Those that wait for a second person."""
        return self.filter(state=Voiding.State.ASKED)

    def in_force(self) -> "VoidingQuerySet":
        """Those by which an entry is void now."""
        return self.filter(state=Voiding.State.VOID)


class Voiding(models.Model):
    """Its reference stays used for ever, and everything recorded stays: only nothing follows from it any more."""

    class Why(models.TextChoices):
        MISTAKE = "mistake", _("Recorded by mistake")
        TEST = "test", _("Recorded as a test")

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for a second person")
        DECLINED = "declined", _("Declined: it stands")
        VOID = "void", _("Void")
        LIFTED = "lifted", _("Was void, taken up again")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="voidings")
    why = models.CharField(max_length=8, choices=Why.choices)
    reason = models.TextField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(blank=True)
    #: Only where the organisation is small.
    is_by_one_person = models.BooleanField(default=False)
    stage_before = models.CharField(max_length=16, blank=True)
    stage_since_before = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lift_reason = models.TextField(blank=True)

    objects = VoidingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(state__in=["asked", "void"]), name="one_voiding_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="voiding_has_a_reason"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by__isnull=True)
                | ~Q(state="asked") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="voiding_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["void", "lifted"]) | Q(is_by_one_person=True) | ~Q(decided_by=F("asked_by")),
                name="voiding_takes_two",
            ),
            models.CheckConstraint(
                condition=~Q(state="lifted") | Q(lifted_by__isnull=False, lifted_at__isnull=False) & ~Q(lift_reason=""),
                name="lifted_voiding_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.state}"

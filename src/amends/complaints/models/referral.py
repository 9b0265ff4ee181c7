"""A complaint that went to an outside body: what we know of it, and when somebody looks how it stands (7.9)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.framework.models import OutsideBody
from amends.kit.ids import random_characters
from amends.people.models import Person


def new_token() -> str:
    """What stands for a row where people can see it."""
    return random_characters(20)


class Referral(models.Model):
    """A complaint that went to an outside body; it is watched until that is over."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("Upheld")
        PARTLY = "partly", _("Partly upheld")
        NOT_UPHELD = "not_upheld", _("Not upheld")
        SETTLED = "settled", _("Settled between both sides")
        NOT_ADMISSIBLE = "not_admissible", _("Not admissible")
        WITHDRAWN = "withdrawn", _("Withdrawn there")
        UNKNOWN = "unknown", _("Over, and the result is not known")

    class Compared(models.TextChoices):
        SAME = "same", _("The same as ours")
        MORE = "more", _("More for the complainant than ours")
        LESS = "less", _("Less for the complainant than ours")
        NOT_COMPARABLE = "no", _("Cannot be compared")

    token = models.CharField(max_length=24, unique=True, default=new_token, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="referrals")
    number = models.PositiveSmallIntegerField()
    listed = models.ForeignKey(
        OutsideBody, null=True, blank=True, on_delete=models.PROTECT, related_name="complaint_referrals"
    )
    #: What it was called when it was noted.
    body = models.CharField(max_length=200)
    why_unlisted = models.CharField(max_length=300, blank=True)
    their_reference = models.CharField(max_length=80, blank=True)
    referred_on = models.DateField()
    told_on = models.DateField()
    #: By when they want our file, and when it went there.
    file_due_on = models.DateField(null=True, blank=True)
    file_sent_on = models.DateField(null=True, blank=True)
    stage_before = models.CharField(max_length=16)
    #: What we had decided when they did: the other side of the comparison.
    our_outcome = models.CharField(max_length=16, blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)
    compared = models.CharField(max_length=8, choices=Compared.choices, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "number"], name="referrals_are_numbered"),
            models.CheckConstraint(condition=Q(told_on__gte=F("referred_on")), name="told_after_it_was_referred"),
            models.CheckConstraint(
                condition=Q(outcome="", compared="", decided_on__isnull=True, result="")
                | ~Q(outcome="") & ~Q(compared="") & Q(decided_on__gte=F("referred_on")) & ~Q(result=""),
                name="outside_result_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="referral_newest"),
            models.Index(fields=["listed", "-at", "-id"], name="referral_by_body"),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} at {self.body}"

    @property
    def called(self) -> str:
        """The body in the reader's language, where it stands on the list."""
        return str(self.listed) if self.listed is not None else self.body

    @property
    def is_decided(self) -> bool:
        """Whether it is over there."""
        return bool(self.outcome)


class NextLook(models.Model):
    """When somebody looks again how a complaint stands that we only watch, and for what. Never changed but ended."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="next_looks")
    number = models.PositiveSmallIntegerField()
    #: Empty: nobody has to look again.
    look_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=1000)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "number"], name="looks_are_numbered"),
            models.CheckConstraint(condition=~Q(note=""), name="look_says_what_for"),
        ]

    def __str__(self) -> str:
        return f"look {self.number} at {self.complaint_id}"

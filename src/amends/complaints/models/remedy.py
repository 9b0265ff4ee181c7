"""What was promised to put it right, and the proof that it was done (7.9)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.complaints.models.referral import Referral
from amends.complaints.models.response import Response
from amends.files.models import StoredFile
from amends.framework.models import RemedyKind
from amends.people.models import Person


class Remedy(models.Model):
    """One thing promised by a response, or ordered by an outside body.

    What is promised counts from the decision on; before, it is part of a proposal. What is ordered counts at once, has
    somebody who sees to it, and is carried out, or left with the reason why.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        PROMISED = "promised", _("Promised")
        DONE = "done", _("Done, to be verified")
        VERIFIED = "verified", _("Verified")
        DROPPED = "dropped", _("Dropped")
        LEFT = "left", _("Not carried out, with the reason")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="remedies")
    response = models.ForeignKey(Response, null=True, blank=True, on_delete=models.PROTECT, related_name="remedies")
    #: The outside body that ordered it.
    referral = models.ForeignKey(Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="orders")
    #: Who sees to it; of what we promised ourselves that is the handler.
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    kind = models.ForeignKey(RemedyKind, on_delete=models.PROTECT, related_name="remedies")
    description = models.CharField(max_length=500)
    amount = models.BigIntegerField(null=True, blank=True)
    value = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    proof = models.TextField(blank=True)
    proof_file = models.OneToOneField(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="proof_of"
    )
    done_on = models.DateField(null=True, blank=True)
    proved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proved_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    why_left = models.TextField(blank=True)
    left_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "number"], name="remedies_are_numbered"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) & Q(value__isnull=True) | ~Q(currency=""),
                name="remedy_amount_has_currency",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0), name="remedy_amount_is_positive"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "verified"])
                | Q(proved_by__isnull=False, proved_at__isnull=False, done_on__isnull=False) & ~Q(proof=""),
                name="done_remedy_has_proof",
            ),
            models.CheckConstraint(
                condition=~Q(state="verified") | Q(verified_by__isnull=False, verified_at__isnull=False),
                name="verified_remedy_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(response__isnull=False, referral__isnull=True, owner__isnull=True)
                | Q(response__isnull=True, referral__isnull=False, owner__isnull=False),
                name="remedy_is_promised_or_ordered",
            ),
            models.CheckConstraint(
                condition=~Q(state="left") | Q(left_by__isnull=False, left_at__isnull=False) & ~Q(why_left=""),
                name="left_remedy_says_why",
            ),
        ]
        # The ledger is read by day, the latest first.
        indexes = [models.Index(fields=["-due_on", "-complaint", "-number"], name="remedy_ledger")]

    @property
    def is_ordered(self) -> bool:
        """Whether an outside body ordered it."""
        return self.referral_id is not None

    def __str__(self) -> str:
        return f"remedy {self.number} of {self.complaint_id}"

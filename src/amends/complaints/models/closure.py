"""How complaints end, come back or are looked at again (7.9)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.people.models import Person


class Closure(models.Model):
    """Why nothing more is due. Silence is its own reason, never acceptance."""

    class Reason(models.TextChoices):
        SATISFIED = "satisfied", _("Accepted, and everything promised is done")
        NO_ANSWER = "no_answer", _("No answer after repeated attempts")
        REVIEW_FINAL = "review_final", _("Not accepted; the internal review is done and other ways were told")
        ON_THE_SPOT = "on_the_spot", _("Put right at once, and the person was content")
        EXHAUSTED = "exhausted", _("The outside body has decided, or the time to go there is over")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="closures")
    reason = models.CharField(max_length=16, choices=Reason.choices)
    note = models.TextField(blank=True)
    others_affected = models.CharField(max_length=8, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="closure_has_a_reason")]

    def __str__(self) -> str:
        return f"closure of {self.complaint_id}"


class Reopening(models.Model):
    """A complaint that came back."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="reopenings")
    reason = models.TextField()
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reopening of {self.complaint_id}"


class Withdrawal(models.Model):
    """The complainant does not want to go on."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="withdrawals")
    reason = models.TextField(blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT)
    at = models.DateTimeField()
    #: What it takes to undo it exactly: where the complaint stood, and which answers and remedies it set aside.
    stage_before = models.CharField(max_length=16, blank=True)
    stage_since_before = models.DateTimeField(null=True, blank=True)
    responses_before = models.JSONField(default=list, blank=True)
    remedies_before = models.JSONField(default=dict, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"withdrawal of {self.complaint_id}"


class ScopeDecision(models.Model):
    """Not ours to handle, with the reason and where to go instead (clause 1)."""

    class Reason(models.TextChoices):
        EMPLOYMENT = "employment", _("A dispute about employment")
        EXTERNAL_DISPUTE = "external_dispute", _("Already with an outside body or a court")
        NOT_US = "not_us", _("About another organisation")
        OTHER = "other", _("Another reason")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="scope_decisions")
    reason = models.CharField(max_length=16, choices=Reason.choices)
    where_to_go = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.complaint_id} out of scope"


class Review(models.Model):
    """An internal review, decided by somebody who did not decide before."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField()
    question = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "round"], name="one_review_per_round")]

    def __str__(self) -> str:
        return f"review {self.round} of {self.complaint_id}"

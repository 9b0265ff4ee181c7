"""Response, decision, communication and the complainant's answer (7.7–7.9)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.complaints.stages import Outcome
from amends.correspondence.models import Message
from amends.correspondence.models.message import Channel
from amends.framework.models import AuthorityLimit
from amends.people.models import Person
from amends.permissions.roles import Role

#: Somebody stands on both sides of a decision, themselves or by a role that they lent.
_SAME_EYES = (
    models.Q(decided_by=models.F("proposed_by"))
    | models.Q(proposed_for__isnull=False, decided_by=models.F("proposed_for"))
    | models.Q(decided_for__isnull=False, decided_for=models.F("proposed_by"))
    | models.Q(decided_for__isnull=False, proposed_for__isnull=False, decided_for=models.F("proposed_for"))
)


class Response(models.Model):
    """What we propose to answer and to do: remedy for this case, and how it will not happen again."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        SENT_BACK = "sent_back", _("Sent back")
        APPROVED = "approved", _("Approved")
        WITHDRAWN = "withdrawn", _("Not needed any more")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="responses")
    version = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    language = models.CharField(max_length=10)
    summary = models.CharField(max_length=400)
    reasons = models.TextField()
    prevention = models.TextField(blank=True)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="proposed_responses")
    proposed_at = models.DateTimeField()
    #: Whose role was lent to the one who proposed it, where they had no right of their own.
    proposed_for = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: Why it promises more or less than like complaints got.
    difference_reason = models.TextField(blank=True)
    sent_back_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="sent_back_responses"
    )
    sent_back_at = models.DateTimeField(null=True, blank=True)
    sent_back_comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "version"], name="responses_are_versions"),
            models.UniqueConstraint(
                fields=["complaint"], condition=models.Q(state="proposed"), name="one_proposed_response"
            ),
            models.CheckConstraint(
                condition=models.Q(sent_back_by__isnull=True, sent_back_at__isnull=True)
                | models.Q(sent_back_by__isnull=False, sent_back_at__isnull=False),
                name="sent_back_by_and_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sent_back") | models.Q(sent_back_at__isnull=False),
                name="sent_back_has_moment",
            ),
            models.CheckConstraint(
                condition=~models.Q(proposed_for=models.F("proposed_by")), name="nobody_proposes_for_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"response {self.version} to {self.complaint_id}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Reads over decisions."""

    def standing(self) -> "DecisionQuerySet":
        """Those that count: nobody set them aside."""
        return self.filter(set_aside_at__isnull=True)


class Decision(models.Model):
    """An approved response: by a second person, unless a rule lets one person do both, and then it says so."""

    class WhyOnePerson(models.TextChoices):
        SMALL_PROFILE = "small_profile", _("In the small profile one person may do both")
        LITTLE_AT_STAKE = "little_at_stake", _("Little depends on it, by the rule of the organisation")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="decisions")
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decisions")
    #: Whose roles were lent to them, where they had no right of their own: both sides count all of them.
    proposed_for = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_for = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_by_one_person = models.BooleanField(default=False)
    why_one_person = models.CharField(max_length=16, choices=WhyOnePerson.choices, blank=True)
    #: The role in which it was decided, and what was promised in the organisation's currency, where it can be counted.
    role = models.CharField(max_length=32, choices=[(role.value, role.label) for role in Role], blank=True)
    limit = models.ForeignKey(AuthorityLimit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    comment = models.TextField(blank=True)
    at = models.DateTimeField()
    #: Whoever decided turned out to have a conflict of interest before anybody was told: somebody else decides.
    set_aside_at = models.DateTimeField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "round"],
                condition=models.Q(set_aside_at__isnull=True),
                name="one_decision_per_round",
            ),
            # Four eyes: the database itself refuses a decision by its proposer, unless it is recorded as such.
            models.CheckConstraint(
                condition=models.Q(is_by_one_person=True) & _SAME_EYES | models.Q(is_by_one_person=False) & ~_SAME_EYES,
                name="four_eyes_or_said_so",
            ),
            models.CheckConstraint(
                condition=models.Q(is_by_one_person=False, why_one_person="")
                | models.Q(is_by_one_person=True, why_one_person__in=["small_profile", "little_at_stake"]),
                name="one_person_only_by_a_rule",
            ),
            models.CheckConstraint(
                condition=~models.Q(decided_for=models.F("decided_by")), name="nobody_decides_for_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"decision of round {self.round} on {self.complaint_id}"


class Communication(models.Model):
    """That the decision reached the complainant, how and in which words (7.8)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="communications")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="communication")
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="communication")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    addressee = models.ForeignKey(
        "complaints.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    blocks = models.JSONField(default=list)
    answer_wanted_by = models.DateTimeField(null=True, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"communication of {self.decision_id}"


class Answer(models.Model):
    """What the complainant said to the decision (7.9)."""

    class Says(models.TextChoices):
        ACCEPTS = "accepts", _("Accepts")
        REJECTS = "rejects", _("Does not agree")

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="answer")
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="answers")
    says = models.CharField(max_length=8, choices=Says.choices)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    reason = models.TextField(blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.says} {self.decision_id}"

"""Both sides heard: talks with the complainant, the person complained about and witnesses (7.6, annex D)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.complaints.models.party import Party
from amends.people.models import Person


class Hearing(models.Model):
    """One talk as it was written down, and whether it was read back and checked."""

    class Side(models.TextChoices):
        COMPLAINANT = "complainant", _("The complainant, or who acts for them")
        SUBJECT = "subject", _("The person complained about")
        WITNESS = "witness", _("A witness")

    class How(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        PHONE = "phone", _("By telephone")
        VIDEO = "video", _("By video")
        WRITING = "writing", _("In writing")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="hearings")
    number = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    side = models.CharField(max_length=12, choices=Side.choices)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="hearings")
    who = models.CharField(max_length=160, blank=True)
    how = models.CharField(max_length=10, choices=How.choices)
    held_on = models.DateField()
    record = models.TextField()
    is_read_back = models.BooleanField(default=False)
    is_confirmed = models.BooleanField(default=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    verified_against = models.CharField(max_length=500, blank=True)
    verified_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "number"], name="hearings_are_numbered"),
            models.CheckConstraint(condition=~Q(record=""), name="hearing_has_a_record"),
            models.CheckConstraint(
                condition=~Q(side="subject") | Q(party__isnull=False), name="subject_heard_is_a_party"
            ),
            models.CheckConstraint(condition=~Q(side="witness") | ~Q(who=""), name="witness_has_a_name"),
            models.CheckConstraint(condition=Q(is_confirmed=False) | Q(is_read_back=True), name="confirmed_was_read"),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True, verified_at__isnull=True, verified_against="")
                | Q(verified_by__isnull=False, verified_at__isnull=False) & ~Q(verified_against=""),
                name="verified_hearing_says_against_what",
            ),
        ]

    def __str__(self) -> str:
        return f"hearing {self.number} of {self.complaint_id}"


class Unheard(models.Model):
    """Why a person complained about was not heard, although they are named."""

    class Reason(models.TextChoices):
        DECLINED = "declined", _("They had the chance and did not want to say anything")
        NO_ANSWER = "no_answer", _("They had the chance and did not answer")
        UNREACHABLE = "unreachable", _("They cannot be reached")
        NOT_NEEDED = "not_needed", _("Not needed: nothing is found against them without it")

    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="unheard")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    explanation = models.CharField(max_length=1000)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(explanation=""), name="unheard_is_explained")]

    def __str__(self) -> str:
        return f"{self.party_id} not heard"

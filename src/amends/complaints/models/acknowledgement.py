"""That receipt was confirmed, and that somebody tried to reach the complainant."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.correspondence.models.message import Channel
from amends.people.models import Person


class Acknowledgement(models.Model):
    """Receipt confirmed to the complainant (7.4): by mail, on the confirmation page, or by a person."""

    class How(models.TextChoices):
        PAGE = "page", _("Shown on the confirmation page")
        EMAIL = "email", _("By e-mail")
        PHONE = "phone", _("By telephone")
        POST = "post", _("By letter")
        IN_PERSON = "in_person", _("In person")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="acknowledgements")
    how = models.CharField(max_length=10, choices=How.choices)
    is_automatic = models.BooleanField()
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_automatic=True, person__isnull=True)
                | models.Q(is_automatic=False, person__isnull=False),
                name="acknowledged_by_person_or_automatically",
            ),
            models.UniqueConstraint(
                fields=["complaint", "how"],
                condition=models.Q(is_automatic=True),
                name="one_automatic_acknowledgement_per_way",
            ),
        ]

    def __str__(self) -> str:
        return f"acknowledgement of {self.complaint_id}"


class ContactAttempt(models.Model):
    """An attempt to reach a complainant who does not answer (7.9): silence is not acceptance."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="contact_attempts")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    note = models.CharField(max_length=500, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"attempt to reach the complainant of {self.complaint_id}"

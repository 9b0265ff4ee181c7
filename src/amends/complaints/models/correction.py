"""A fact that was recorded wrongly and put right: both values and the reason stay."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.people.models import Person


class Correction(models.Model):
    """One fact with its old and its new value, as they are written. Never a silent overwrite."""

    class Fact(models.TextChoices):
        TITLE = "title", _("Title")
        PRODUCT = "product", _("Product or service")
        CATEGORY = "category", _("Category of the first point")
        RECEIVED_ON = "received_on", _("Day it was received")
        OCCURRED_ON = "occurred_on", _("Day it happened")
        CHANNEL = "channel", _("How it came in")
        LANGUAGE = "language", _("The language we answer in")
        AMOUNT = "amount", _("Amount claimed")
        NAME = "name", _("Name of the complainant")
        EMAIL = "email", _("E-mail address of the complainant")
        PHONE = "phone", _("Telephone number of the complainant")
        KIND = "kind", _("Kind of feedback")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="corrections")
    fact = models.CharField(max_length=12, choices=Fact.choices)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    reason = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(old=F("new")), name="correction_changes_something"),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_a_reason"),
        ]
        indexes = [models.Index(fields=["complaint", "-id"], name="correction_by_complaint")]

    def __str__(self) -> str:
        return f"{self.fact} of {self.complaint_id}"


#: Facts that only those may read who may know who complains.
OF_IDENTITY = frozenset({Correction.Fact.NAME, Correction.Fact.EMAIL, Correction.Fact.PHONE})

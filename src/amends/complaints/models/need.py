"""What somebody needs so that they can complain as well as anybody (4.5, 4.6, annex D): driver, adjustment, consent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.people.models import Person


class Need(models.Model):
    """A need in plain words, kept with consent or on a recorded basis. Everybody sees the adjustment, few the reason.

    When the consent is taken back, the words are erased; that there was an adjustment, and that it was given, stays.
    """

    class Driver(models.TextChoices):
        HEALTH = "health", _("Health")
        LIFE_EVENT = "life_event", _("Something that happened in their life")
        RESILIENCE = "resilience", _("Money or strength is short")
        CAPABILITY = "capability", _("Reading, numbers or devices are hard")
        LANGUAGE = "language", _("Language")
        OTHER = "other", _("Something else")

    class Basis(models.TextChoices):
        SPOKEN = "spoken", _("They agreed when we spoke")
        WRITTEN = "written", _("They agreed in writing")
        VITAL = "vital", _("To protect somebody from harm")
        DUTY = "duty", _("The law obliges us")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="needs_recorded")
    number = models.PositiveSmallIntegerField()
    driver = models.CharField(max_length=10, choices=Driver.choices, blank=True)
    text = models.CharField(max_length=500, blank=True)
    adjustment = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=8, choices=Basis.choices)
    basis_on = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    given_how = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "number"], name="needs_are_numbered"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) & ~Q(adjustment="") & ~Q(driver="")
                | Q(withdrawn_at__isnull=False, text="", driver="", adjustment="", given_how=""),
                name="need_without_consent_says_nothing",
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True, given_by__isnull=True)
                | Q(given_at__isnull=False, given_by__isnull=False),
                name="adjustment_given_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"need {self.number} of {self.complaint_id}"

"""That the complainant changed how we reach them, and how it was before. Erasable with the party."""

from django.db import models

from amends.complaints.models.complaint import Complaint
from amends.complaints.models.party import Party


class ContactChange(models.Model):
    """One change by the person themselves. The old address is told of it, so that no stranger does it unnoticed."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="contact_changes")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="contact_changes")
    number = models.PositiveSmallIntegerField()
    email_before = models.CharField(max_length=254, blank=True)
    phone_before = models.CharField(max_length=40, blank=True)
    address_before = models.CharField(max_length=300, blank=True)
    contact_by_before = models.CharField(max_length=8, choices=Party.ContactBy.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "number"], name="contact_changes_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"contact change {self.number} of {self.complaint_id}"

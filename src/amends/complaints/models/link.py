"""Complaints that belong together and are still handled each by itself."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.people.models import Person


class Link(models.Model):
    """How one complaint belongs to another, from when to when."""

    class Kind(models.TextChoices):
        SAME_MATTER = "same_matter", _("The same matter")
        JOINT = "joint", _("Joint complaints of several people")
        FOLLOWS = "follows", _("This one follows from the other")
        ABOUT_HANDLING = "about_handling", _("This one is about the handling of the other")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    wants_joint_answer = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "other"], condition=Q(ended_at__isnull=True), name="one_link_between_two"
            ),
            models.CheckConstraint(condition=~Q(complaint=F("other")), name="not_linked_to_itself"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="ended_link_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.kind} {self.other_id}"

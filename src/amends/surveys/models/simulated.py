"""A simulated contact: a complaint made up to see how complaints are handled (ISO 10002, 8.3)."""

from django.db import models
from django.db.models import Q

from amends.complaints.models import Complaint
from amends.journal.vocabulary import Subject
from amends.people.models import Person


class SimulatedContact(models.Model):
    """What was tried and what came of it. Whoever handles the complaint is not told that it is not real."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="simulations")
    scenario = models.CharField(max_length=2000)
    reason = models.CharField(max_length=500)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    result = models.CharField(max_length=4000, blank=True)
    result_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    result_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(ended_at__isnull=True), name="one_simulation_of_a_complaint"
            ),
            models.CheckConstraint(
                condition=Q(result="", result_at__isnull=True, result_by__isnull=True)
                | ~Q(result="") & Q(result_at__isnull=False, result_by__isnull=False),
                name="simulation_result_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_why="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_why=""),
                name="simulation_end_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"simulation {self.pk}"

    @property
    def subject(self) -> Subject:
        """The simulation as the journal names it: it does not stand in the timeline of the complaint."""
        return Subject("simulation", self.pk)

"""What is done until the decision, and the plan towards it with days (7.7)."""

from django.db import models
from django.db.models import Q

from amends.complaints.models.complaint import Complaint
from amends.correspondence.models import Message
from amends.people.models import Person


class InterimMeasure(models.Model):
    """Something done at once for the complainant while it cannot be solved yet, and the reply that said so."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="interim_measures")
    number = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=2000)
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="interim_measure")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "number"], name="interim_measures_are_numbered"),
            models.CheckConstraint(condition=~Q(measure=""), name="interim_measure_says_what"),
        ]

    def __str__(self) -> str:
        return f"interim measure {self.number} of {self.complaint_id}"


class PlannedStep(models.Model):
    """One step of the plan towards the solution, with the day by which it is taken, and that it was.

    A step that was not taken stops nothing; it shows until somebody says that it was.
    """

    interim = models.ForeignKey(InterimMeasure, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    proof = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interim", "number"], name="planned_steps_are_numbered"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by__isnull=True, done_at__isnull=True, proof="")
                | Q(done_on__isnull=False, done_by__isnull=False, done_at__isnull=False),
                name="done_step_says_by_whom",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="planned_step_says_what"),
        ]

    def __str__(self) -> str:
        return f"step {self.number} of {self.interim_id}"


class UndoneStep(models.Model):
    """That a step was noted as taken and was not: what had been noted, and why it was taken back. Never changed."""

    step = models.ForeignKey(PlannedStep, on_delete=models.PROTECT, related_name="undone")
    done_on = models.DateField()
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField()
    proof = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=500)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="undone_step_says_why")]

    def __str__(self) -> str:
        return f"step {self.step_id} was not taken"

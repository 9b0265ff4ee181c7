"""Putting it right for others who suffered the same and did not complain (annex F)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.journal.vocabulary import Subject
from amends.people.models import Person


class RedressProject(models.Model):
    """Who else may be affected, how they are found, what they get, and how far it has come."""

    class State(models.TextChoices):
        OPEN = "open", _("Under way")
        DONE = "done", _("Everybody was put right")
        STOPPED = "stopped", _("Stopped, with the reason")

    number = models.PositiveIntegerField(unique=True)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="redress_projects")
    title = models.CharField(max_length=160)
    population = models.TextField()
    how_found = models.TextField()
    remedy = models.TextField()
    #: How many people there are, as far as it is known; empty while nobody has counted.
    people = models.PositiveIntegerField(null=True, blank=True)
    contacted = models.PositiveIntegerField(default=0)
    put_right = models.PositiveIntegerField(default=0)
    due_on = models.DateField()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="redress_projects")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    result = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(put_right__lte=F("contacted")), name="put_right_were_contacted"),
            models.CheckConstraint(
                condition=Q(people__isnull=True) | Q(contacted__lte=F("people")), name="contacted_are_among_the_people"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True, ended_by__isnull=True)
                | ~Q(state="open") & Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(result=""),
                name="ended_redress_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(put_right=F("people")), name="done_redress_reached_everybody"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="redress_by_state_and_day")]

    def __str__(self) -> str:
        return f"redress {self.number}"

    @property
    def subject(self) -> Subject:
        """The project as the journal names it."""
        return Subject("redress", self.pk)


class RedressProgress(models.Model):
    """How far it had come at a moment."""

    project = models.ForeignKey(RedressProject, on_delete=models.PROTECT, related_name="progress")
    people = models.PositiveIntegerField(null=True, blank=True)
    contacted = models.PositiveIntegerField()
    put_right = models.PositiveIntegerField()
    note = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"progress of {self.project_id}"

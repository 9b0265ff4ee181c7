"""Questions put to people and units who answer without seeing the complaint (6.4, 7.6)."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.complaints.models.issue import Issue
from amends.complaints.models.party import Wall
from amends.complaints.stages import OPEN
from amends.files.models import StoredFile
from amends.people.models import Person, Unit


class InvestigationTaskQuerySet(models.QuerySet["InvestigationTask"]):
    """Reads over tasks."""

    def open(self) -> "InvestigationTaskQuerySet":
        """Tasks that somebody still has to answer: nobody did, and the complaint goes on."""
        stages = [stage.value for stage in OPEN]
        return self.filter(state=InvestigationTask.State.OPEN, complaint__stage__in=stages)

    def overdue(self, at: datetime) -> "InvestigationTaskQuerySet":
        """Tasks whose day has passed."""
        return self.filter(due_at__lt=at)

    def not_behind_a_wall(self, person_id: int) -> "InvestigationTaskQuerySet":
        """Tasks of complaints that this person is not walled off from."""
        return self.exclude(Exists(Wall.objects.filter(complaint=OuterRef("complaint"), person_id=person_id)))


class InvestigationTask(models.Model):
    """One question with the files that go along, asked of a person or of a unit, and its answer.

    Whoever is asked reads the question and those files, and nothing else: they get no right on the complaint.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Not answered yet")
        ANSWERED = "answered", _("Answered")
        CANCELLED = "cancelled", _("Cancelled")

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="tasks")
    issue = models.ForeignKey(Issue, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    number = models.PositiveSmallIntegerField()
    question = models.TextField()
    asked_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="asked_tasks"
    )
    asked_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="asked_tasks")
    due_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tasks_given")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.TextField(blank=True)
    cancel_reason = models.CharField(max_length=500, blank=True)
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = InvestigationTaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "number"], name="tasks_are_numbered"),
            models.CheckConstraint(
                condition=Q(asked_person__isnull=True) ^ Q(asked_unit__isnull=True), name="task_asks_somebody_or_a_unit"
            ),
            models.CheckConstraint(condition=~Q(question=""), name="task_asks_something"),
            models.CheckConstraint(
                condition=Q(state="open", ended_by__isnull=True, ended_at__isnull=True, answer="")
                | Q(state="answered", ended_by__isnull=False, ended_at__isnull=False) & ~Q(answer="")
                # Without somebody who ended it: a wall came between it and whoever was asked.
                | Q(state="cancelled", ended_at__isnull=False, answer="") & ~Q(cancel_reason=""),
                name="ended_task_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_person", "due_at", "id"], name="task_by_person", condition=Q(state="open")),
            models.Index(fields=["asked_unit", "due_at", "id"], name="task_by_unit", condition=Q(state="open")),
            models.Index(fields=["asked_by", "due_at", "id"], name="task_by_asker", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"task {self.number} of {self.complaint_id}"

    @property
    def asked_name(self) -> str:
        """Who was asked; both relations are best fetched along."""
        return str(self.asked_person or self.asked_unit)


class TaskFile(models.Model):
    """A file of the complaint that is shown with the question."""

    task = models.ForeignKey(InvestigationTask, on_delete=models.PROTECT, related_name="shown_files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="shown_in_tasks")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "file"], name="file_is_shown_once_in_a_task")]

    def __str__(self) -> str:
        return f"file of task {self.task_id}"


class TaskAnswerFile(models.Model):
    """A file that came with the answer; from then on it is one of the complaint's."""

    task = models.ForeignKey(InvestigationTask, on_delete=models.PROTECT, related_name="answer_files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="answers_task")

    def __str__(self) -> str:
        return f"file answering task {self.task_id}"

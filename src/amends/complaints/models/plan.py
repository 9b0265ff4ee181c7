"""The plan of an investigation: what we want to know about each point, from where, and what we learned (7.6)."""

from django.db import models
from django.db.models import Q

from amends.complaints.models.issue import Issue
from amends.people.models import Person


class PlanQuestion(models.Model):
    """Something to find out about one point. It is asked once; its answers come in versions."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(max_length=500)
    source = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issue", "number"], name="questions_are_numbered"),
            models.CheckConstraint(condition=~Q(text=""), name="question_asks_something"),
        ]

    def __str__(self) -> str:
        return f"question {self.number} on issue {self.issue_id}"


class PlanAnswer(models.Model):
    """What was learned, and from where; a later version corrects it, the earlier ones stay."""

    question = models.ForeignKey(PlanQuestion, on_delete=models.PROTECT, related_name="answers")
    version = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    text = models.TextField()
    source = models.CharField(max_length=300)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "version"], name="answers_to_questions_are_versions"),
            models.UniqueConstraint(
                fields=["question"], condition=Q(is_current=True), name="one_current_answer_per_question"
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(source=""), name="answer_names_its_source"),
        ]

    def __str__(self) -> str:
        return f"answer {self.version} to question {self.question_id}"

"""What somebody answered to the organisation's own questions, typed, with the version in which they were asked."""

from django.db import models
from django.db.models import Q

from amends.complaints.models.complaint import Complaint


class OwnAnswer(models.Model):
    """One answer. Its question and the words of a choice stand in the version of the form, which never changes."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="own_answers")
    version = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=16)
    position = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    code = models.CharField(max_length=16, blank=True)
    day = models.DateField(null=True, blank=True)
    amount = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "key"], name="each_own_question_answered_once"),
            models.CheckConstraint(
                condition=~Q(text="") & Q(code="", day__isnull=True, amount__isnull=True, currency="")
                | ~Q(code="") & Q(text="", day__isnull=True, amount__isnull=True, currency="")
                | Q(text="", code="", day__isnull=False, amount__isnull=True, currency="")
                | Q(text="", code="", day__isnull=True, amount__isnull=False) & ~Q(currency=""),
                name="own_answer_has_one_type",
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.key} of {self.complaint_id}"

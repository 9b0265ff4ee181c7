"""Who is asked, when, and how often (ISO 10002, 8.3)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Subject
from amends.people.models import Person


class SurveyRule(models.Model):
    """The rule of sampling. Each change is a new version, and without any nobody is asked."""

    class Moment(models.TextChoices):
        CLOSED = "closed", _("When the complaint is closed")
        DECIDED = "decided", _("When the decision was communicated")

    version = models.PositiveIntegerField(unique=True)
    is_on = models.BooleanField()
    moment = models.CharField(max_length=8, choices=Moment.choices)
    #: Of a hundred, so many are asked.
    share = models.PositiveSmallIntegerField()
    #: Codes of kinds of problem about which nobody is ever asked.
    never = models.JSONField(default=list, blank=True)
    wait_days = models.PositiveSmallIntegerField()
    open_days = models.PositiveSmallIntegerField()
    #: Nobody is asked twice within so many days; 0 for no limit.
    apart_days = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(share__range=(1, 100)), name="survey_share_is_percent"),
            models.CheckConstraint(condition=Q(open_days__gte=1), name="survey_is_open_for_days"),
        ]

    def __str__(self) -> str:
        return f"survey rule {self.version}"

    @property
    def subject(self) -> Subject:
        """The rule as the journal names it."""
        return Subject("survey_rule", self.pk)

"""Asking one complainant how they found the handling, and what they answered."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.complaints.models import Complaint
from amends.journal.vocabulary import Subject
from amends.people.models import Person

LEAST, MOST = 1, 5
LONGEST_COMMENT = 2000


class Dimension(models.TextChoices):
    """What is asked about, each apart: a good result badly handled is not the same as the other way round."""

    HANDLING = "handling", _("How we handled it")
    OUTCOME = "outcome", _("The result")
    COURTESY = "courtesy", _("How we treated you")
    EASE = "ease", _("How easy it was")
    FAIRNESS = "fairness", _("How fair it was")


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Reads over surveys."""

    def to_open(self, at: datetime) -> "SurveyQuerySet":
        """Those whose waiting time is over."""
        return self.filter(state=Survey.State.PLANNED, opens_at__lte=at).order_by("opens_at", "id")

    def to_end(self, at: datetime) -> "SurveyQuerySet":
        """Those whose time to answer is over."""
        return self.filter(state=Survey.State.OPEN, closes_at__lte=at).order_by("closes_at", "id")


class Survey(models.Model):
    """Whether somebody is asked about one complaint, and what became of it. Not asking is recorded with its reason."""

    class State(models.TextChoices):
        NOT_ASKED = "not_asked", _("Not asked")
        PLANNED = "planned", _("Will be asked")
        OPEN = "open", _("Asked")
        ENDED = "ended", _("Over")
        DROPPED = "dropped", _("Dropped")

    class Why(models.TextChoices):
        SHARE = "share", _("Not drawn")
        CATEGORY = "category", _("Never asked about this kind of problem")
        LATELY = "lately", _("Asked not long ago")
        SIMULATED = "simulated", _("A simulated complaint")
        REOPENED = "reopened", _("Taken up again")
        VOID = "void", _("Does not count")

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        POST = "post", _("Letter")
        PHONE = "phone", _("Telephone")
        PAGE = "page", _("Tracking page only")

    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="survey")
    state = models.CharField(max_length=9, choices=State.choices)
    why = models.CharField(max_length=9, choices=Why.choices, blank=True)
    rule = models.PositiveIntegerField()
    share = models.PositiveSmallIntegerField()
    #: What was drawn, 0 to 99: below the share means asked. Anybody can work it out again.
    number = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=5, choices=Channel.choices, blank=True)
    made_at = models.DateTimeField()
    opens_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["not_asked", "dropped"]) & ~Q(why="")
                | Q(state__in=["planned", "open", "ended"], why=""),
                name="survey_says_why_not",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "ended"])
                | Q(opened_at__isnull=False, closes_at__isnull=False) & ~Q(channel=""),
                name="survey_open_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(opened_at__isnull=False), name="survey_answered_was_open"
            ),
            models.CheckConstraint(condition=Q(number__lt=100), name="survey_number_of_a_hundred"),
        ]
        indexes = [
            models.Index(fields=["opens_at", "id"], name="survey_to_open", condition=Q(state="planned")),
            models.Index(fields=["closes_at", "id"], name="survey_to_end", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"survey about {self.complaint_id}"

    @property
    def subject(self) -> Subject:
        """The survey as the journal names it: it does not stand in the timeline of the complaint."""
        return Subject("survey", self.pk)


class SurveyAnswer(models.Model):
    """What one person said. It can be changed until the survey is over; staff see it only among others.

    What was said on the telephone or written on paper is entered by somebody else than those who handled the complaint.
    """

    class Came(models.TextChoices):
        PAGE = "page", _("On the tracking page")
        PHONE = "phone", _("Said on the telephone")
        POST = "post", _("Written on paper")

    survey = models.OneToOneField(Survey, on_delete=models.PROTECT, related_name="answer")
    handling = models.PositiveSmallIntegerField(null=True, blank=True)
    outcome = models.PositiveSmallIntegerField(null=True, blank=True)
    courtesy = models.PositiveSmallIntegerField(null=True, blank=True)
    ease = models.PositiveSmallIntegerField(null=True, blank=True)
    fairness = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.CharField(max_length=LONGEST_COMMENT, blank=True)
    language = models.CharField(max_length=10)
    #: Comments are listed by this, so that their order tells nothing of who wrote them and when.
    shuffled = models.CharField(max_length=32, unique=True)
    version = models.PositiveSmallIntegerField(default=1)
    came = models.CharField(max_length=5, choices=Came.choices, default=Came.PAGE)
    entered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: Only where one person does everything: whoever entered it had handled the complaint.
    is_of_own_handling = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(came="page", entered_by__isnull=True, is_of_own_handling=False)
                | ~Q(came="page") & Q(entered_by__isnull=False),
                name="survey_answer_was_entered_or_not",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (LEAST, MOST)}),
                    name=f"survey_{name}_is_1_to_5",
                )
                for name in ("handling", "outcome", "courtesy", "ease", "fairness")
            ),
            models.CheckConstraint(
                condition=Q(handling__isnull=False)
                | Q(outcome__isnull=False)
                | Q(courtesy__isnull=False)
                | Q(ease__isnull=False)
                | Q(fairness__isnull=False)
                | ~Q(comment=""),
                name="survey_answer_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"answer to survey {self.survey_id}"

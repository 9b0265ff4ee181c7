"""What is due when. Computed once, when it is set or moved; never derived again at reading."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.calendars.models import CalendarVersion
from amends.complaints.models.complaint import Complaint
from amends.correspondence.models import Message
from amends.framework.models import RulePackVersion
from amends.people.models import Person

RUNNING = models.Q(met_at__isnull=True, dropped_at__isnull=True)


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    """Reads over deadlines."""

    def open(self) -> "DeadlineQuerySet":
        """Neither met nor fallen away."""
        return self.filter(RUNNING)

    def ringing(self, at: datetime) -> "DeadlineQuerySet":
        """Whose alarm is due, the earliest first."""
        return self.filter(RUNNING, alarm_at__lte=at).order_by("alarm_at", "id")


class Deadline(models.Model):
    """One clock of one complaint: open until it is met or falls away."""

    class Kind(models.TextChoices):
        ACKNOWLEDGEMENT = "acknowledgement", _("Confirm receipt")
        DECISION = "decision", _("Decision")
        ANSWER = "answer", _("Answer of the complainant")
        REVIEW = "review", _("Internal review")
        REMEDY = "remedy", _("Remedy")
        UPDATE = "update", _("News for the complainant")
        EARLY = "early", _("Early resolution")
        EXTERNAL = "external", _("Time for the outside body")
        FILE = "file", _("File for the outside body")
        LOOK = "look", _("Next look")
        OTHER = "other", _("Other deadline")

    class OwedBy(models.TextChoices):
        ORGANISATION = "organisation", _("Us")
        COMPLAINANT = "complainant", _("The complainant")

    class Alarm(models.TextChoices):
        """What the clock does next with it."""

        REMIND = "remind", _("Remind the handler")
        UPDATE = "update", _("Ask the handler to tell the complainant where it stands")
        RESUME = "resume", _("Let the clock run on")
        OVERDUE = "overdue", _("Note that it is overdue")
        LAPSE = "lapse", _("Note that the time is over")
        DEEM = "deem", _("Note that silence counts as an answer")
        ESCALATE = "escalate", _("Tell the next level")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="deadlines")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    code = models.SlugField(max_length=40)
    pack = models.ForeignKey(RulePackVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="deadlines")
    calendar = models.ForeignKey(CalendarVersion, on_delete=models.PROTECT, related_name="deadlines")
    round = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveSmallIntegerField(default=0)
    owed_by = models.CharField(max_length=12, choices=OwedBy.choices, default=OwedBy.ORGANISATION)
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    extended_from = models.DateTimeField(null=True, blank=True)
    outer_at = models.DateTimeField(null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    overdue_at = models.DateTimeField(null=True, blank=True)
    promised_at = models.DateTimeField(null=True, blank=True)
    update_wanted_at = models.DateTimeField(null=True, blank=True)
    is_paused = models.BooleanField(default=False)
    level = models.PositiveSmallIntegerField(default=0)
    alarm = models.CharField(max_length=8, choices=Alarm.choices, blank=True)
    alarm_at = models.DateTimeField(null=True, blank=True)
    #: Everything the date was worked out from: limit, stops, extensions. With the calendar it gives the date again.
    basis = models.JSONField(default=dict)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "pack", "code", "number"],
                condition=RUNNING & models.Q(pack__isnull=False),
                name="one_open_deadline_per_clock",
            ),
            models.UniqueConstraint(
                fields=["complaint", "kind", "number"],
                condition=RUNNING & models.Q(pack__isnull=True),
                name="one_open_promise_per_number",
            ),
            models.CheckConstraint(
                condition=models.Q(met_at__isnull=True) | models.Q(dropped_at__isnull=True),
                name="deadline_met_or_dropped",
            ),
            models.CheckConstraint(
                condition=models.Q(alarm="", alarm_at__isnull=True)
                | ~models.Q(alarm="") & models.Q(alarm_at__isnull=False),
                name="alarm_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(overdue_at__isnull=True) | models.Q(overdue_at__gte=models.F("due_at")),
                name="never_overdue_before_it_is_due",
            ),
            models.CheckConstraint(
                condition=models.Q(outer_at__isnull=True) | models.Q(due_at__lte=models.F("outer_at")),
                name="never_beyond_the_outer_limit",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="deadline_open", condition=RUNNING),
            models.Index(
                fields=["alarm_at", "id"],
                name="deadline_alarm",
                condition=RUNNING & models.Q(alarm_at__isnull=False),
            ),
            models.Index(fields=["calendar", "id"], name="deadline_by_calendar", condition=RUNNING),
            models.Index(fields=["complaint", "due_at"], name="deadline_by_complaint"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.complaint_id}"

    @property
    def is_open(self) -> bool:
        """Whether it still runs."""
        return self.met_at is None and self.dropped_at is None

    @property
    def was_late(self) -> bool:
        """Whether it was met after its time."""
        return self.met_at is not None and self.met_at > self.due_at


class Pause(models.Model):
    """A time in which a clock stands still, with its reason. It never lasts beyond `ends_by`."""

    class Why(models.TextChoices):
        COMPLAINANT = "waiting_for_complainant", _("We wait for an answer of the complainant")
        THIRD_PARTY = "waiting_for_third_party", _("We wait for somebody outside")
        COURT = "court", _("A court or authority deals with it")
        OTHER = "other", _("Another reason")

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="pauses")
    why = models.CharField(max_length=24, choices=Why.choices)
    reason = models.CharField(max_length=500, blank=True)
    began_at = models.DateTimeField()
    ends_by = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    begun_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="pauses_begun")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deadline"], condition=models.Q(ended_at__isnull=True), name="one_open_pause_per_deadline"
            ),
            models.CheckConstraint(condition=models.Q(ends_by__gte=models.F("began_at")), name="pause_has_an_end"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True)
                | models.Q(ended_at__gte=models.F("began_at"), ended_at__lte=models.F("ends_by")),
                name="pause_ends_in_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.why} of deadline {self.deadline_id}"


class Extension(models.Model):
    """More time, with the reason that the complainant was given."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="extensions")
    number = models.PositiveSmallIntegerField()
    from_due_at = models.DateTimeField()
    to_due_at = models.DateTimeField()
    reason = models.CharField(max_length=2000)
    message = models.OneToOneField(
        Message, null=True, blank=True, on_delete=models.PROTECT, related_name="deadline_extension"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="extensions")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deadline", "number"], name="extensions_are_numbered"),
            models.CheckConstraint(
                condition=models.Q(to_due_at__gt=models.F("from_due_at")), name="extension_gives_more_time"
            ),
        ]

    def __str__(self) -> str:
        return f"extension {self.number} of deadline {self.deadline_id}"


class Escalation(models.Model):
    """Who was told on which level that a deadline has passed."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="escalations")
    level = models.PositiveSmallIntegerField()
    to = models.CharField(max_length=32)
    ladder = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deadline", "level"], name="one_escalation_per_level")]

    def __str__(self) -> str:
        return f"level {self.level} of deadline {self.deadline_id}"


class EscalatedTo(models.Model):
    """A person who was told; `instead_of` was away."""

    escalation = models.ForeignKey(Escalation, on_delete=models.PROTECT, related_name="told")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="escalations")
    instead_of = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="escalations_stood_in"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["escalation", "person"], name="told_once_per_level")]

    def __str__(self) -> str:
        return f"{self.person_id} of escalation {self.escalation_id}"


class AppliedPack(models.Model):
    """A rule pack that applies to a complaint: the main one, one beside it, or one that fills what is left open."""

    class Role(models.TextChoices):
        MAIN = "main", _("The pack of the complaint")
        BESIDE = "beside", _("Runs beside the other")
        FILL = "fill", _("Own targets where the pack sets none")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="applied_packs")
    pack = models.ForeignKey(RulePackVersion, on_delete=models.PROTECT, related_name="applied")
    role = models.CharField(max_length=6, choices=Role.choices)
    reason = models.CharField(max_length=500, blank=True)
    applied_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "pack"], condition=models.Q(ended_at__isnull=True), name="pack_applies_once"
            ),
            models.UniqueConstraint(
                fields=["complaint"],
                condition=models.Q(ended_at__isnull=True, role="main"),
                name="one_main_pack_per_complaint",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pack_id} for {self.complaint_id}"


class DeemedOutcome(models.Model):
    """No answer in time counts as one: the law says which (ISO 10002, 7.9; catalogue §9.1, 7)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="deemed_outcomes")
    deadline = models.OneToOneField(Deadline, on_delete=models.PROTECT, related_name="deemed_outcome")
    outcome = models.CharField(max_length=16)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.outcome} of {self.complaint_id}"

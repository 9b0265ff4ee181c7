"""A complaint: what is true of it as a whole. Everything that happened to it has a record of its own."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.complaints.stages import ENDED, OPEN, Outcome, Stage
from amends.correspondence.models import Thread
from amends.correspondence.models.message import Channel
from amends.framework.models import Product, RulePackVersion
from amends.journal.vocabulary import Subject
from amends.people.models import Person, Unit


class Kind(models.TextChoices):
    """What kind of feedback it is (3.6). Every kind has a reference; statistics of complaints count complaints."""

    COMPLAINT = "complaint", _("Complaint")
    ENQUIRY = "enquiry", _("Enquiry")
    SUGGESTION = "suggestion", _("Suggestion")
    PRAISE = "praise", _("Praise")
    NOT_A_COMPLAINT = "not_a_complaint", _("Not a complaint")


class Origin(models.TextChoices):
    """How it came into the system."""

    PORTAL = "portal", _("Public form")
    MAIL = "mail", _("E-mail")
    STAFF = "staff", _("Recorded by staff")
    IMPORT = "import", _("Taken over from elsewhere")


class InternalReport(models.TextChoices):
    """What an employee says who passes something on without handling complaints (5.4.5)."""

    TOLD = "told", _("A customer told me this")
    SIGNIFICANT = "significant", _("This is significant for us")


class Severity(models.IntegerChoices):
    """How bad it is (7.5)."""

    LOW = 1, _("Low")
    MEDIUM = 2, _("Medium")
    HIGH = 3, _("High")
    CRITICAL = 4, _("Critical")


class Precision(models.TextChoices):
    """How exactly the moment of receipt is known."""

    MINUTE = "minute", _("To the minute")
    DAY = "day", _("To the day")


class MailDetail(models.TextChoices):
    """How much a mail may say."""

    NOTICE = "notice", _("Only that there is something to read")
    FULL = "full", _("The text itself")


class Pattern(models.TextChoices):
    """Whether it stands alone (8.2)."""

    UNKNOWN = "unknown", _("Not sure")
    SINGLE = "single", _("Single")
    RECURRING = "recurring", _("Recurring")
    SYSTEMIC = "systemic", _("Systemic")


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    """Reads over complaints. What a person may see is `permissions.visible_to`."""

    def open(self) -> "ComplaintQuerySet":
        """Complaints in which something may still be due."""
        return self.filter(stage__in=[stage.value for stage in OPEN])

    def counted(self) -> "ComplaintQuerySet":
        """All but what was recorded by mistake or as a test: what lists show."""
        return self.exclude(stage=Stage.VOID)

    def real(self) -> "ComplaintQuerySet":
        """What statistics count: neither void nor simulated. Lists and workload of those who handle have both."""
        return self.counted().filter(is_simulated=False)

    def overdue(self, at: datetime) -> "ComplaintQuerySet":
        """Complaints whose next deadline has passed."""
        return self.filter(next_due_at__lt=at)


class Complaint(models.Model):
    """One complaint with its reference, people, stage and the strictest open deadline."""

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.COMPLAINT)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    language = models.CharField(max_length=10)

    received_at = models.DateTimeField()
    received_precision = models.CharField(max_length=6, choices=Precision.choices, default=Precision.MINUTE)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="recorded_complaints"
    )

    stage = models.CharField(max_length=16, choices=Stage.choices, default=Stage.RECEIVED)
    stage_since = models.DateTimeField()
    round = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)
    is_settled = models.BooleanField(null=True)

    title = models.CharField(max_length=160)
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.PROTECT, related_name="complaints")
    lead_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="complaints")
    participating_units = models.ManyToManyField(Unit, blank=True, related_name="takes_part_in")
    handler = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="handled_complaints"
    )
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT, related_name="complaint")
    pack = models.ForeignKey(RulePackVersion, on_delete=models.PROTECT, related_name="complaints")

    severity = models.PositiveSmallIntegerField(choices=Severity.choices, null=True, blank=True)
    priority = models.PositiveSmallIntegerField(null=True, blank=True)
    is_safety = models.BooleanField(default=False)
    said_danger = models.BooleanField(default=False)
    is_anonymous = models.BooleanField(default=False)
    is_shielded = models.BooleanField(default=False)
    pseudonym = models.CharField(max_length=8, blank=True)
    mail_detail = models.CharField(max_length=6, choices=MailDetail.choices, default=MailDetail.NOTICE)
    has_new_reply = models.BooleanField(default=False)
    waits_for_complainant = models.BooleanField(default=False)

    #: When top management was last told that it is significant.
    significant_at = models.DateTimeField(null=True, blank=True)

    next_due_at = models.DateTimeField(null=True, blank=True)
    next_due_kind = models.CharField(max_length=16, blank=True)

    occurred_on = models.DateField(null=True, blank=True)
    occurred_until = models.DateField(null=True, blank=True)
    occurred_text = models.CharField(max_length=120, blank=True)
    order_reference = models.CharField(max_length=80, blank=True)
    site = models.CharField(max_length=120, blank=True)
    remedy_wanted = models.JSONField(default=list)
    remedy_wanted_text = models.CharField(max_length=2000, blank=True)
    amount_claimed = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    expectation = models.CharField(max_length=500, blank=True)

    access_code_hash = models.CharField(max_length=64, blank=True)
    form_token_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    form_digest = models.CharField(max_length=64, blank=True)
    form_version = models.PositiveSmallIntegerField(default=0)
    text_digest = models.CharField(max_length=64, blank=True)
    possible_duplicate_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="possible_duplicates"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_duplicates"
    )
    source = models.CharField(max_length=40, blank=True)
    external_id = models.CharField(max_length=80, blank=True)
    source_facts = models.JSONField(default=dict, blank=True)

    internal_report = models.CharField(max_length=12, choices=InternalReport.choices, blank=True)
    is_simulated = models.BooleanField(default=False)
    is_about_process = models.BooleanField(default=False)
    #: The complaint whose handling it is about: whoever had a part in that one does not handle this one.
    about_handling_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="complaints_about_handling"
    )
    is_mis_prioritized = models.BooleanField(default=False)
    life_cycle_phase = models.CharField(max_length=16, blank=True)
    segment = models.CharField(max_length=40, blank=True)
    promise = models.CharField(max_length=80, blank=True)
    pattern = models.CharField(max_length=10, choices=Pattern.choices, default=Pattern.UNKNOWN)
    retention_class = models.CharField(max_length=40, blank=True)
    tags = models.JSONField(default=list, blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("Complaint")
        verbose_name_plural = _("Complaints")
        constraints = [
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="stage_is_known"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(next_due_at__isnull=True, next_due_kind="")
                | models.Q(next_due_at__isnull=False) & ~models.Q(next_due_kind=""),
                name="next_due_is_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(stage="merged") | models.Q(merged_into__isnull=False),
                name="merged_points_somewhere",
            ),
            models.CheckConstraint(
                condition=models.Q(stage="merged") | models.Q(merged_into__isnull=True), name="only_merged_points"
            ),
            models.CheckConstraint(condition=~models.Q(merged_into=models.F("id")), name="not_merged_into_itself"),
            models.CheckConstraint(
                condition=~models.Q(about_handling_of=models.F("id")), name="not_about_its_own_handling"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_claimed__isnull=True) | ~models.Q(currency=""), name="amount_has_currency"
            ),
            models.CheckConstraint(
                condition=models.Q(stage="received") | ~models.Q(origin="portal") | models.Q(version__gt=1),
                name="stage_moves_with_version",
            ),
            models.UniqueConstraint(
                fields=["source", "external_id"], condition=~models.Q(external_id=""), name="one_per_external_id"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_due_at", "id"], name="complaint_due", condition=models.Q(next_due_at__isnull=False)
            ),
            models.Index(
                fields=["handler", "next_due_at", "id"],
                name="complaint_due_by_handler",
                condition=models.Q(next_due_at__isnull=False),
            ),
            models.Index(
                fields=["lead_unit", "next_due_at", "id"],
                name="complaint_due_by_unit",
                condition=models.Q(next_due_at__isnull=False),
            ),
            models.Index(fields=["-received_at", "-id"], name="complaint_received"),
            models.Index(fields=["lead_unit", "-received_at", "-id"], name="complaint_received_by_unit"),
            models.Index(fields=["handler", "-received_at", "-id"], name="complaint_received_by_handler"),
            models.Index(fields=["stage", "-received_at", "-id"], name="complaint_by_stage"),
            models.Index(fields=["priority", "-received_at", "-id"], name="complaint_by_priority"),
            models.Index(
                fields=["-significant_at", "-id"],
                name="complaint_significant",
                condition=models.Q(significant_at__isnull=False),
            ),
            models.Index(fields=["text_digest"], name="complaint_same_text", condition=~models.Q(text_digest="")),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def subject(self) -> Subject:
        """The complaint as the journal names it."""
        return Subject("complaint", self.pk)

    @property
    def received_by_day(self) -> bool:
        """Whether only the day of receipt is known, as of a letter."""
        return self.received_precision == Precision.DAY

    @property
    def is_ended(self) -> bool:
        """Whether nothing more is due."""
        return Stage(self.stage) in ENDED

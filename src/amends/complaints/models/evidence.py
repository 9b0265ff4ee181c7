"""The evidence of an investigation and who had it when (7.6)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.complaints.models.issue import Issue
from amends.files.models import StoredFile
from amends.people.models import Person


class Evidence(models.Model):
    """One piece: a file, a physical thing, or a record that stays elsewhere."""

    class Kind(models.TextChoices):
        FILE = "file", _("A file")
        THING = "thing", _("A physical thing")
        RECORD = "record", _("A record that stays elsewhere")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="evidence")
    issue = models.ForeignKey(Issue, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=200)
    origin = models.CharField(max_length=300)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    sha256 = models.CharField(max_length=64, blank=True)
    taken_on = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "number"], name="evidence_is_numbered"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(origin=""), name="evidence_says_where_it_came_from"),
            models.CheckConstraint(
                condition=Q(kind="file", file__isnull=False) & ~Q(sha256="")
                | Q(kind__in=["thing", "record"], file__isnull=True, sha256=""),
                name="evidence_file_has_its_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"evidence {self.number} of {self.complaint_id}"


class Custody(models.Model):
    """One change of hands or place. Rows are added, never changed."""

    class What(models.TextChoices):
        TAKEN_IN = "taken_in", _("Taken in")
        HANDED_OVER = "handed_over", _("Handed over")
        MOVED = "moved", _("Moved to another place")
        VERIFIED = "verified", _("Checked that it is genuine and unchanged")
        RETURNED = "returned", _("Given back")
        DESTROYED = "destroyed", _("Destroyed")

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="custody")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=12, choices=What.choices)
    holder = models.CharField(max_length=160, blank=True)
    place = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evidence", "number"], name="custody_is_numbered"),
            models.CheckConstraint(
                condition=Q(number=1, what="taken_in") | Q(number__gt=1) & ~Q(what="taken_in"),
                name="custody_begins_with_taking_in",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} of evidence {self.evidence_id}"

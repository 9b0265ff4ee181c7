"""A letter that nobody has to write and that could not be written: a statement that the rules demand is missing."""

from django.db import models
from django.db.models import Exists, OuterRef

from amends.complaints.models.acknowledgement import Acknowledgement
from amends.complaints.models.complaint import Complaint
from amends.correspondence.models import Message


class UnsentLetterQuerySet(models.QuerySet["UnsentLetter"]):
    """Reads over letters that did not go out."""

    def waiting(self) -> "UnsentLetterQuerySet":
        """Those after which nobody has told the complainant anything, nor confirmed receipt."""
        told = Message.objects.filter(
            thread=OuterRef("complaint__thread"),
            direction=Message.Direction.OUT,
            person__isnull=False,
            at__gt=OuterRef("at"),
        )
        confirmed = Acknowledgement.objects.filter(
            complaint=OuterRef("complaint"), is_automatic=False, at__gt=OuterRef("at")
        )
        return self.filter(~Exists(told), ~Exists(confirmed)).exclude(complaint__stage="void")


class UnsentLetter(models.Model):
    """Which letter, and which statement is missing in which language. A person tells the complainant instead."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="unsent_letters")
    #: The journal entry that it would have followed.
    cause = models.UUIDField(unique=True)
    #: One of `LetterKind`.
    letter = models.CharField(max_length=24)
    block = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    #: In which languages the statement exists.
    languages = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()

    objects = UnsentLetterQuerySet.as_manager()

    def __str__(self) -> str:
        return f"unsent {self.letter} of {self.complaint_id}"

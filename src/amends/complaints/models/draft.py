"""A complaint that is still being written. Not a fact yet: nothing of it stands in the journal."""

from django.db import models

from amends.complaints.models.complaint import Complaint
from amends.files.models import StoredFile


class Draft(models.Model):
    """Answers so far, opened by a cookie on the device they were given on, elsewhere by a draft code."""

    number = models.CharField(max_length=16, unique=True)
    secret_hash = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64, blank=True, db_index=True)
    token = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=10)
    answers = models.JSONField(default=dict)
    steps_done = models.JSONField(default=list)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    complaint = models.OneToOneField(Complaint, null=True, blank=True, on_delete=models.PROTECT, related_name="draft")
    sent_at = models.DateTimeField(null=True, blank=True)
    #: What the same device sent before: so that whoever writes something alike is asked whether to add to it.
    after = models.ForeignKey(Complaint, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(complaint__isnull=True, sent_at__isnull=True)
                | models.Q(complaint__isnull=False, sent_at__isnull=False),
                name="draft_sent_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"draft {self.number}"


class DraftFile(models.Model):
    """A file added to a draft."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="draft_file")

    def __str__(self) -> str:
        return f"file of draft {self.draft_id}"

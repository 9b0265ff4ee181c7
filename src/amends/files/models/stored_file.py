"""A file that somebody sent: what it is called, what it is, and under which random names its bytes lie."""

import secrets
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

TOKEN_BYTES = 16


class State(models.TextChoices):
    """Whether a file may be opened."""

    WAITING = "waiting", _("Waiting for the virus scanner")
    CHECKED = "checked", _("Checked")
    REJECTED = "rejected", _("Rejected")


class Reason(models.TextChoices):
    """Why a file was rejected."""

    MALWARE = "malware", _("The virus scanner found something in it")
    UNSCANNABLE = "unscannable", _("The virus scanner cannot look into it")


def new_token() -> str:
    """What stands for a file in addresses: 128 random bits, 22 characters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Reads over files."""

    def unattached(self) -> "StoredFileQuerySet":
        """Files that nothing refers to yet."""
        return self.filter(attached_at__isnull=True)

    def waiting(self) -> "StoredFileQuerySet":
        """Files that the virus scanner has not looked at."""
        return self.filter(state=State.WAITING)

    def taken_in_before(self, moment: datetime) -> "StoredFileQuerySet":
        """Files older than a moment."""
        return self.filter(taken_in_at__lt=moment)


class StoredFile(models.Model):
    """One attachment. What it belongs to points here; this row knows nothing above itself.

    `stripped` is the copy that people see, without what its maker's devices wrote into it. `original` is the file as it
    was sent, kept as evidence; blank where it must not be kept (anonymous). `size` and `sha256` are those of the
    original, or of the stripped copy where there is no original: the hash of a file that its sender also sent under
    their name elsewhere would tell who they are.
    """

    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    name = models.CharField(_("Name"), max_length=200)
    kind = models.CharField(_("Kind"), max_length=24)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField(_("Size"))
    sha256 = models.CharField(max_length=64)
    original = models.CharField(max_length=100, blank=True)
    stripped = models.CharField(max_length=100, unique=True)
    stripped_size = models.BigIntegerField()
    stripped_sha256 = models.CharField(max_length=64)
    state = models.CharField(_("State"), max_length=12, choices=State.choices)
    reason = models.CharField(_("Reason"), max_length=16, choices=Reason.choices, blank=True)
    taken_in_at = models.DateTimeField()
    attached_at = models.DateTimeField(null=True, blank=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("File")
        verbose_name_plural = _("Files")
        constraints = [
            models.UniqueConstraint(
                fields=["original"], condition=~models.Q(original=""), name="one_file_per_stored_original"
            ),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(kind="") & ~models.Q(stripped="") & ~models.Q(token=""),
                name="file_is_named_and_stored",
            ),
            models.CheckConstraint(condition=models.Q(size__gt=0, stripped_size__gt=0), name="file_is_never_empty"),
            models.CheckConstraint(
                condition=~models.Q(original="") & ~models.Q(original=models.F("stripped"))
                | models.Q(size=models.F("stripped_size"), sha256=models.F("stripped_sha256")),
                name="file_without_own_original_is_its_copy",
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.REJECTED) & ~models.Q(reason="")
                | models.Q(state__in=[State.WAITING, State.CHECKED], reason=""),
                name="file_has_reason_when_rejected",
            ),
        ]
        indexes = [
            models.Index(fields=["taken_in_at"], condition=models.Q(attached_at__isnull=True), name="file_unattached"),
            models.Index(fields=["id"], condition=models.Q(state="waiting"), name="file_waiting"),
        ]

    def __str__(self) -> str:
        return f"file {self.token}"

    @property
    def is_served(self) -> bool:
        """Whether its content may be given out."""
        return self.state == State.CHECKED

    @property
    def blobs(self) -> frozenset[str]:
        """The storage names of its bytes: one or two."""
        return frozenset(filter(None, (self.original, self.stripped)))

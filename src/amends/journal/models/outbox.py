"""The outbox and the queue: a Pending row per entry, then a FollowUp row per entry and reaction."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from amends.journal.models.entry import Entry


class Pending(models.Model):
    """An entry whose consequences nobody has looked up yet; written in the transaction of its verb."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="pending")
    #: By the clock of the database: an entry on something that happened long ago has not waited for long.
    since = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"pending {self.entry_id}"


class FollowUp(models.Model):
    """One thing that follows from one entry: leased, tried, tried again, done, or visibly failed."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="follow_ups")
    reaction = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    lease = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "reaction"], name="one_follow_up_per_entry_and_reaction"),
            models.CheckConstraint(
                condition=models.Q(lease__isnull=True, leased_until__isnull=True)
                | models.Q(lease__isnull=False, leased_until__isnull=False),
                name="follow_up_lease_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(state="done", done_at__isnull=False)
                | (~models.Q(state="done") & models.Q(done_at__isnull=True)),
                name="follow_up_done_has_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at", "id"], name="follow_up_due", condition=models.Q(state="waiting")),
            models.Index(fields=["id"], name="follow_up_failed", condition=models.Q(state="failed")),
            models.Index(fields=["leased_until"], name="follow_up_leased", condition=models.Q(lease__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.reaction} of {self.entry_id}: {self.state}"

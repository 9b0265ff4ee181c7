"""Two complaints about one matter, handled as one for a while. Merging is a pointer: each keeps everything it has."""

from django.db import models
from django.db.models import F, Q

from amends.complaints.models.closure import Withdrawal
from amends.complaints.models.complaint import Complaint
from amends.complaints.models.deadline import Deadline
from amends.complaints.models.voiding import Voiding
from amends.people.models import Person


class Merging(models.Model):
    """That a complaint goes on in another one, from when to when, and what it takes to undo that exactly."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="mergings")
    into = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="taken_in")
    reason = models.TextField(blank=True)
    is_same_person = models.BooleanField()
    stage_before = models.CharField(max_length=16)
    stage_since_before = models.DateTimeField()
    facts_digest = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(ended_at__isnull=True), name="merged_into_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(complaint=F("into")), name="no_merging_into_itself"),
            models.CheckConstraint(
                condition=Q(is_same_person=True) | ~Q(reason=""), name="merging_different_people_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason=""),
                name="ended_merging_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} merged into {self.into_id}"


class HeldClock(models.Model):
    """A deadline that was open when its complaint was merged, void or withdrawn, and what it would have done next."""

    merging = models.ForeignKey(Merging, null=True, blank=True, on_delete=models.PROTECT, related_name="held_clocks")
    voiding = models.ForeignKey(Voiding, null=True, blank=True, on_delete=models.PROTECT, related_name="held_clocks")
    withdrawal = models.ForeignKey(
        Withdrawal, null=True, blank=True, on_delete=models.PROTECT, related_name="held_clocks"
    )
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="+")
    alarm = models.CharField(max_length=8, blank=True)
    alarm_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merging", "deadline"], name="each_clock_held_once"),
            models.UniqueConstraint(fields=["voiding", "deadline"], name="each_clock_of_void_held_once"),
            models.UniqueConstraint(fields=["withdrawal", "deadline"], name="each_clock_of_withdrawn_held_once"),
            models.CheckConstraint(
                condition=Q(merging__isnull=False, voiding__isnull=True, withdrawal__isnull=True)
                | Q(merging__isnull=True, voiding__isnull=False, withdrawal__isnull=True)
                | Q(merging__isnull=True, voiding__isnull=True, withdrawal__isnull=False),
                name="clock_is_held_for_one_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"clock {self.deadline_id} held"

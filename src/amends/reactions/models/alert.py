"""What a member of staff is to hear about a deadline. Alerts wait for the end of quiet hours and go out together."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.complaints.models import Complaint, Deadline
from amends.people.models import Person


class Alert(models.Model):
    """One thing to tell one person; several that wait become one mail."""

    class Kind(models.TextChoices):
        COMES_NEAR = "comes_near", _("Comes near")
        NEWS_WANTED = "news_wanted", _("Tell the complainant where it stands")
        PASSED = "passed", _("Has passed")
        ESCALATED = "escalated", _("Was taken to you")
        NO_ANSWER = "no_answer", _("The complainant has not answered")
        DEEMED = "deemed", _("By law silence counts as an answer")
        HAND_OVER = "hand_over", _("Nobody has accepted the hand-over")
        AUTHORITY = "authority", _("The permission of the representative ends soon")
        NO_REACTION = "no_reaction", _("Nobody has said what is being done")
        LOAN_ENDS = "loan_ends", _("A role that was lent ends soon")
        TRAINING = "training", _("A training ends soon")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="alerts")
    #: Empty for what is not about a complaint.
    complaint = models.ForeignKey(Complaint, null=True, blank=True, on_delete=models.PROTECT, related_name="alerts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    entry = models.UUIDField()
    deadline_kind = models.CharField(max_length=16, choices=Deadline.Kind.choices, blank=True)
    #: The role or the course that ends, where that is what it is about.
    about = models.CharField(max_length=64, blank=True)
    due_at = models.DateTimeField()
    instead_of = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="alerts_stood_in"
    )
    made_at = models.DateTimeField()
    send_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "entry"], name="one_alert_per_person_and_entry")]
        indexes = [
            models.Index(fields=["send_at", "person"], name="alert_waiting", condition=models.Q(sent_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"

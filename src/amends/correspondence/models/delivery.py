"""Mails: one row per journal entry and notice, with one Message-ID for ever."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.correspondence.models.message import Thread
from amends.framework.models import MessageTemplate


class Delivery(models.Model):
    """A mail that has to arrive: never none, at most one identity.

    SMTP cannot promise more: when the connection breaks between the end of the text and the answer, the same mail with
    the same Message-ID goes out once more.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        REFUSED = "refused", _("Refused by the mail server")

    entry = models.UUIDField()
    notice = models.CharField(max_length=80)
    recipient = models.CharField(max_length=40)
    thread = models.ForeignKey(Thread, null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries")
    address = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    language = models.CharField(max_length=10)
    #: The organisation's own words that it was put together with.
    template = models.ForeignKey(
        MessageTemplate, null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries"
    )
    message_id = models.CharField(max_length=200, unique=True)
    #: Stands in the address for replies, one for each mail to a complainant; only its recipient knows it.
    reply_token = models.CharField(max_length=26, null=True, blank=True, unique=True)
    #: Written by itself; a letter that a person wrote is not, and may be answered by machines.
    is_automatic = models.BooleanField(default=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "notice", "recipient"], name="one_delivery_per_entry_and_notice"),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False) | ~models.Q(state="sent"),
                name="sent_deliveries_have_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["thread", "-id"], name="delivery_by_thread")]

    def __str__(self) -> str:
        return f"{self.notice} {self.state}"

"""What a mail says: that there is something to read, or all of it to those who write by mail themselves; never both."""

import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend

from amends.complaints import actions
from amends.complaints.models import Complaint, Party
from amends.complaints.models.complaint import MailDetail
from amends.complaints.stages import Stage
from amends.correspondence.models import Delivery
from amends.journal.models import Entry
from amends.kit import clock
from amends.reactions import worker
from tests import builders
from tests.cast import AT

SAID = "Your meter was read twice."


@pytest.fixture
def complaint(world, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    made = builders.a_complaint(world, Stage.INVESTIGATING)
    worker.drain()
    Complaint.objects.filter(pk=made.pk).update(mail_detail=MailDetail.FULL)
    return Complaint.objects.get(pk=made.pk)


def told(world, complaint):
    actions.write_message(complaint, text=SAID, by=world.as_(world.liis), at=AT)
    worker.drain()
    return Delivery.objects.filter(notice="message_waiting").latest("id")


def test_all_of_it_only_to_those_who_are_safe_with_it(world, complaint):
    whole = told(world, complaint)
    assert whole.body.startswith(SAID)
    assert not whole.is_automatic
    Party.objects.filter(complaint=complaint).update(safe_contact="Only in the evening")
    assert SAID not in told(world, complaint).body
    Party.objects.filter(complaint=complaint).update(safe_contact="")
    actions.shield(complaint, reason="She is afraid.", by=world.as_(world.clara), at=AT)
    last = told(world, Complaint.objects.get(pk=complaint.pk))
    assert SAID not in last.body
    assert last.is_automatic


class Refusing(EmailBackend):
    """A mail server that knows nobody of that name."""

    def send_messages(self, messages):
        (address,) = {to for message in messages for to in message.to}
        if address == "mari@example.org":
            raise smtplib.SMTPRecipientsRefused({address: (550, b"No such user")})
        return super().send_messages(messages)


def test_a_mail_that_cannot_be_delivered_is_told_to_the_handler_once(world, complaint, settings):
    Party.objects.filter(complaint=complaint).update(email="mari@example.org")
    settings.EMAIL_BACKEND = "tests.reactions.test_mail_detail.Refusing"
    assert told(world, complaint).state == Delivery.State.REFUSED
    worker.drain()
    Entry.objects.get(event="complaints.mail_came_back")
    alert = Delivery.objects.get(notice="mail_came_back")
    assert alert.address == world.liis.email
    assert complaint.reference in alert.body

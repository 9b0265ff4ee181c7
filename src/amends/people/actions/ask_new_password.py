"""A new password for somebody who forgot theirs."""

from datetime import datetime, timedelta

from django.db import transaction

from amends.journal.recording import record
from amends.people import events
from amends.people.invitations import has_link_since, new_link
from amends.people.models import Person
from amends.people.particulars import checked_email
from amends.people.standing import SYSTEM

#: Nobody fills a mailbox by asking again and again.
ONE_LINK_IN = timedelta(minutes=5)


@transaction.atomic
def ask_new_password(email: str, *, at: datetime) -> None:
    """Send a link to whoever works here under this address; silent otherwise, so that nobody learns who does.

    What is written takes a few milliseconds that an unknown address does not take: doors have to level that.
    """
    known = Person.objects.select_for_update().filter(email__iexact=checked_email(email), is_active=True)
    person = known.first()  # two who ask for the same person at once: the second waits here, and sends nothing
    if person is None or has_link_since(person, at - ONE_LINK_IN):
        return
    link = new_link(person, at=at)
    record(events.NewPasswordAsked(person=person.subject, invitation=link.pk), by=SYSTEM, at=at)

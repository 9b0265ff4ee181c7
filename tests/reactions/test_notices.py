"""Mails that follow by themselves: to whom, once, in their language, and never with what the complaint is about."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from amends.complaints import actions
from amends.complaints.intake import Contact, Representative
from amends.complaints.models import Acknowledgement, Deadline
from amends.complaints.stages import Stage
from amends.correspondence.models import Delivery
from amends.journal.models import Entry, FollowUp
from amends.journal.outbox import table
from amends.kit import clock
from amends.people.actions import accept_invitation, ask_new_password, change_person, invite
from amends.people.actions.ask_new_password import ONE_LINK_IN
from amends.people.invitations import link_token
from amends.people.models import Invitation
from amends.people.standing import SYSTEM
from amends.reactions import worker
from tests import builders
from tests.cast import AT
from tests.complaints.clocks import apply_pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(world):
    worker.drain()
    mail.outbox.clear()
    return world


def subjects_to(address):
    return [message.subject for message in mail.outbox if message.to == [address]]


@pytest.fixture
def that_day(monkeypatch):
    """Worked off on the day on which everything in these tests happens: later no mail names a day that has passed."""
    monkeypatch.setattr(clock, "now", lambda: AT)


def test_receipt_is_confirmed_at_once_and_the_clock_is_met(world, that_day):
    complaint = builders.a_receipt(world).complaint
    worker.drain()
    assert subjects_to("mari@example.org") == [f"We have your complaint {complaint.reference}"]
    body = mail.outbox[0].body
    assert complaint.reference in body
    assert "Monday 23 March 2026" in body
    assert builders.TEXT not in body
    assert "Mari" not in body
    assert complaint.acknowledgements.get().how == Acknowledgement.How.EMAIL
    assert Deadline.objects.get(complaint=complaint, kind="acknowledgement").met_at is not None


def test_a_mail_that_went_out_late_names_no_day_that_has_passed(world):
    builders.a_receipt(world)
    worker.drain()
    body = mail.outbox[0].body
    assert "23 March 2026" not in body
    assert "You will have our decision with reasons, and at the address above you see where it stands." in " ".join(
        body.split()
    )


def test_where_the_time_begins_with_the_confirmation_only_that_day_is_named(world, that_day):
    apply_pack(world, "uk-housing-ombudsman")
    complaint = builders.a_receipt(world).complaint
    worker.drain()
    confirming = complaint.deadlines.get()
    assert (confirming.kind, confirming.met_at) == (Deadline.Kind.ACKNOWLEDGEMENT, None)
    body = " ".join(mail.outbox[0].body.split())
    assert "confirms by Monday 9 March 2026 that we have it." in body
    assert "decision with reasons" not in body


def test_a_mail_never_carries_the_access_code(world):
    receipt = builders.a_receipt(world)
    worker.drain()
    assert all(receipt.access_code not in message.message().as_string() for message in mail.outbox)


@pytest.mark.parametrize(
    ("language", "subject", "day"),
    [("et", "kaebus", "esmaspäev, 23. märts 2026"), ("tr", "şikâyet", "23 Mart 2026 Pazartesi")],
)
def test_it_is_written_in_the_language_of_the_complaint(world, that_day, language, subject, day):
    builders.a_receipt(world, language=language)
    with translation.override("en"):
        worker.drain()
    assert subject in mail.outbox[0].subject.casefold()
    assert day in mail.outbox[0].body
    assert mail.outbox[0].extra_headers["Content-Language"] == language


def test_the_representative_is_told_and_not_the_person_they_act_for(world):
    builders.a_receipt(
        world,
        complainant=Contact(name="Aino Saar", email="aino@example.org", contact_by="email"),
        representative=Representative(Contact(name="Mari Saar", email="mari@example.org", contact_by="email")),
    )
    worker.drain()
    assert [message.to for message in mail.outbox] == [["mari@example.org"]]


@pytest.mark.parametrize("contact_by", ["phone", "post", "portal"])
def test_who_does_not_want_mail_gets_none(world, contact_by):
    complaint = builders.a_receipt(
        world, complainant=Contact(name="Mari", email="mari@example.org", contact_by=contact_by)
    ).complaint
    worker.drain()
    assert mail.outbox == []
    assert not complaint.acknowledgements.exists()


def test_somebody_in_danger_is_told_to_those_who_lead_the_unit(world):
    complaint = builders.a_receipt(world, said_danger=True).complaint
    worker.drain()
    told = {message.to[0] for message in mail.outbox if "danger" in message.subject}
    assert told == {"uma@larkhaven.example", "clara@larkhaven.example"}
    assert complaint.is_safety


def test_the_whole_way_tells_each_person_what_is_theirs_to_do(world):
    complaint = builders.a_complaint(world, Stage.COMMUNICATED)
    actions.reject(complaint, reason="No.", channel="portal", by=builders.the_complainant(complaint), at=world.at)
    worker.drain()
    reference = complaint.reference
    assert set(subjects_to("mari@example.org")) == {
        f"We have your complaint {reference}",
        f"Our decision on {reference} is ready",
    }
    assert set(subjects_to("mark@larkhaven.example")) == {
        f"{reference} waits for approval",
        f"{reference} was decided",
    }
    assert subjects_to("liis@larkhaven.example") == [f"The decision on {reference} was answered"]


def test_a_new_handler_is_told_unless_they_took_it_themselves(world):
    complaint = builders.a_receipt(world).complaint
    actions.assign(complaint, world.liis, by=world.as_(world.liis), at=world.at)
    worker.drain()
    assert subjects_to("liis@larkhaven.example") == []
    other = builders.a_receipt(world, text="Another.").complaint
    actions.assign(other, world.liis, by=world.as_(world.clara), at=world.at)
    worker.drain()
    assert subjects_to("liis@larkhaven.example") == [f"{other.reference} is yours now"]


def test_nobody_behind_a_wall_is_told_anything(world):
    complaint = builders.a_receipt(world, said_danger=True).complaint
    actions.name_subject(complaint, world.uma, by=world.as_(world.clara), at=world.at)
    worker.drain()
    assert subjects_to("uma@larkhaven.example") == []


def test_staff_are_written_to_in_their_language(world):
    change_person(world.liis, name="Liis Tamm", language="et", manager=None, by=world.as_(world.adam), at=world.at)
    complaint = builders.a_receipt(world).complaint
    actions.assign(complaint, world.liis, by=world.as_(world.clara), at=world.at)
    worker.drain()
    assert subjects_to("liis@larkhaven.example") != [f"{complaint.reference} is yours now"]


def test_running_every_reaction_twice_sends_nothing_twice_and_changes_nothing(world):
    complaint = builders.a_complaint(world, Stage.COMMUNICATED)
    worker.drain()
    before = (len(mail.outbox), Delivery.objects.count(), Entry.objects.count())
    for follow_up in FollowUp.objects.select_related("entry"):
        table().by_name()[follow_up.reaction](follow_up.entry)
    assert (len(mail.outbox), Delivery.objects.count(), Entry.objects.count()) == before
    assert FollowUp.objects.exclude(state="done").count() == 0
    assert complaint.acknowledgements.count() == 1


def test_the_link_of_an_invitation_stands_in_the_mail_and_nowhere_else(world):
    invite("new@larkhaven.example", "New Person", by=SYSTEM, at=clock.now())
    worker.drain()
    (message,) = [message for message in mail.outbox if message.to == ["new@larkhaven.example"]]
    assert "/invitation/" not in str(list(Entry.objects.values()))
    assert "new@larkhaven.example" not in str(list(Entry.objects.values()))
    assert message.subject == "Your access to the complaints of Larkhaven Utilities"


def test_a_forgotten_password_brings_a_link_in_the_language_of_the_person(world):
    change_person(world.liis, name="Liis Tamm", language="et", manager=None, by=world.as_(world.adam), at=world.at)
    ask_new_password(world.liis.email, at=clock.now())
    worker.drain()
    [message] = mail.outbox
    link = Invitation.objects.filter(person=world.liis).latest("pk")
    assert message.to == [world.liis.email]
    assert f"/invitation/{link_token(link)}/" in message.body
    assert message.extra_headers["Content-Language"] == "et"
    assert link_token(link) not in str(list(Entry.objects.values()))


def test_a_link_that_was_used_or_replaced_is_not_sent_late(world):
    now = clock.now()
    for person in (world.liis, world.mark):
        ask_new_password(person.email, at=now - ONE_LINK_IN)
    of_liis = link_token(Invitation.objects.filter(person=world.liis).latest("pk"))
    accept_invitation(of_liis, "seven blue herons", at=now)
    ask_new_password(world.mark.email, at=now)
    worker.drain()
    [message] = mail.outbox
    assert message.to == [world.mark.email]
    assert link_token(Invitation.objects.filter(person=world.mark).latest("pk")) in message.body


def test_who_is_unknown_gets_no_mail(world):
    ask_new_password("nobody@larkhaven.example", at=clock.now())
    worker.drain()
    assert mail.outbox == []


@pytest.mark.parametrize("by_link", [True, False])
def test_a_changed_password_is_told_to_the_person_in_their_language(world, client, by_link):
    change_person(world.liis, name="Liis Tamm", language="tr", manager=None, by=world.as_(world.adam), at=world.at)
    world.liis.set_password("quiet heron by the lake")
    world.liis.save(update_fields=["password"])
    if by_link:
        ask_new_password(world.liis.email, at=clock.now())
        link = Invitation.objects.filter(person=world.liis).latest("pk")
        accept_invitation(link_token(link), "seven blue herons", at=clock.now())
    else:
        client.force_login(world.liis, backend="allauth.account.auth_backends.AuthenticationBackend")
        new = "seven blue herons"
        changed = {"oldpassword": "quiet heron by the lake", "password1": new, "password2": new}
        assert client.post(reverse("account_change_password"), changed).status_code == 302
    worker.drain()
    assert "Parolanız değiştirildi" in subjects_to(world.liis.email)
    assert "/accounts/forgotten/" in mail.outbox[-1].body

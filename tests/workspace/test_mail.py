"""Mails that need somebody: read, made a complaint, added to one, or dismissed, each once and in the journal."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.complaints import actions
from amends.complaints.models import Complaint
from amends.complaints.stages import Stage
from amends.correspondence.models import IncomingMail, SortedMail
from amends.journal.models import Entry, ReadEvent
from amends.kit import clock
from amends.kit.refusal import Refusal
from amends.people.standing import SYSTEM
from tests import builders
from tests.cast import AT
from tests.files import uploads
from tests.mailroom.mails import a_mail

LIST = "/staff/mail/"


@pytest.fixture
def clara(world, client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    client.force_login(world.clara)
    return client


def waiting(
    why=SortedMail.Why.OTHER_SENDER, text="My neighbour's water is off, too.", delivery=None, files=(), about=None
):
    """A mail that was set aside."""
    raw = a_mail(text, sender="Jüri Tamm <jyri@example.net>", subject="Water, too", files=files)
    found = actions.keep_mail(raw, way=IncomingMail.Way.PIPE, by=SYSTEM, at=AT).sorted
    facts = {"text": text, "sender": "jyri@example.net", "sender_name": "Jüri Tamm", "subject_line": "Water, too"}
    outcome = SortedMail.Outcome.OTHER
    facts["delivery"] = delivery
    actions.set_mail_aside(found, outcome, why, waits=True, facts=facts, about=about, by=SYSTEM, at=AT)
    return found


def page_of(found):
    return f"{LIST}{found.mail.reference}/"


def test_a_mail_is_read_and_made_a_complaint(world, clara):
    found = waiting(files=(("pipe.jpg", uploads.jpeg()), ("run.exe", b"MZ")))
    listed = clara.get(LIST).content.decode()
    assert "Water, too" in listed
    assert "comes from another address" in listed
    shown = clara.get(page_of(found)).content.decode()
    assert "My neighbour&#x27;s water is off, too." in shown
    assert ReadEvent.objects.filter(field_group="mail").count() == 1
    saved = clara.get(f"{page_of(found)}file/")
    assert saved["Content-Disposition"].startswith("attachment")
    assert b"".join(saved.streaming_content).startswith(b"From: =?utf-8?q?J=C3=BCri?=")

    empty = clara.post(f"{page_of(found)}complaint/", {"complaint-text": "", "complaint-kind": "complaint"})
    assert empty.status_code == 422
    given = {"complaint-text": "His water is off.", "complaint-kind": "complaint", "complaint-name": "Jüri Tamm"}
    given |= {"complaint-email": "jyri@example.net", "complaint-language": "et"}
    assert clara.post(f"{page_of(found)}complaint/", {**given, "complaint-language": "fi"}).status_code == 422
    answer = clara.post(f"{page_of(found)}complaint/", given)
    complaint = Complaint.objects.get()
    assert complaint.language == "et"
    assert answer["Location"] == f"/staff/complaints/{complaint.reference}/"
    assert (complaint.channel, complaint.origin, complaint.recorded_by) == ("email", "staff", world.clara)
    found.refresh_from_db()
    assert (found.outcome, found.waits, found.settled_by, found.text) == ("complaint", False, world.clara, "")
    assert [each.file.name for each in found.message.files.all()] == ["pipe.jpg"]
    assert (complaint.mail_detail, found.message.person) == ("notice", world.clara), "the words are hers, not his"
    assert clara.get(page_of(found)).status_code == 404, "it is a complaint now, with the rules of one"
    files = clara.get(f"/staff/complaints/{complaint.reference}/files/").content.decode()
    assert f"{found.mail.reference}.eml" in files
    assert "E-mail as it came" in files
    assert Entry.objects.filter(event="complaints.mail_taken_up").count() == 1


def test_the_language_is_suggested_by_the_words(world, clara):
    turkish = "Su iki gün kesildi ve kimse bize haber vermedi. Ben çok aradım ama hiç bir cevap yok."
    for text, code in ((turkish, "tr"), ("4711", "en")):
        page = clara.get(page_of(waiting(text=text)))
        assert page.context["forms"].take_up["language"].value() == code
    assert "Suggested by the words of the mail." in page.content.decode()


def test_a_mail_is_added_to_a_complaint_or_dismissed_with_a_reason(world, clara):
    quoting = "My neighbour's water is off, too.\n\nOn Monday, Larkhaven wrote:\n> Thank you for your complaint."
    complaint, found, other = builders.a_complaint(world), waiting(text=quoting), waiting(text="Buy my pills.")
    joining = f"{page_of(found)}joining/"
    wrong = clara.post(joining, {"joining-reference": "LAU-26-23456783", "joining-reason": "He says so"})
    assert wrong.status_code == 422
    assert "There is no complaint of this reference" in wrong.content.decode()
    given = {"joining-reference": complaint.reference.lower(), "joining-reason": "He called and said so"}
    assert clara.post(joining, given).status_code == 302
    found.refresh_from_db()
    assert (found.outcome, found.thread, found.reason) == ("reply", complaint.thread, "He called and said so")
    assert (found.message.text, found.message.person) == ("My neighbour's water is off, too.", world.clara)
    shown = clara.get(f"/staff/complaints/{complaint.reference}/").content.decode()
    assert "came from another address: jyri@example.net" in shown
    assert "Clara Whitfield added it, because: He called and said so." in shown
    assert "Show the whole message" in shown
    assert "Thank you for your complaint" in shown

    gone = f"{page_of(other)}dismissal/"
    assert clara.post(gone, {"dismissal-reason": ""}).status_code == 422
    assert clara.post(gone, {"dismissal-reason": "Advertising"}).status_code == 302
    assert "Buy my pills." not in clara.get(LIST).content.decode()
    assert "Advertising" in clara.get(f"{LIST}?of=dismissed").content.decode()
    assert "It is not a complaint" not in clara.get(page_of(other)).content.decode()
    names = list(Entry.objects.order_by("id").values_list("event", flat=True))
    assert names.count("complaints.mail_joined") == names.count("complaints.mail_dismissed") == 1

    # Two had it open: the second is told, and nothing happens twice.
    stale = waiting(text="Once more.")
    mine = SortedMail.objects.get(pk=stale.pk)
    actions.dismiss_mail(stale, reason="No", by=world.as_(world.clara), at=AT)
    with pytest.raises(Refusal, match="mail_settled"):
        actions.join_mail(mine, complaint, text="x", reason="y", by=world.as_(world.clara), at=AT)
    assert complaint.thread.messages.count() == 2


def test_what_is_not_added_stands_on_the_timeline_as_what_it_is(world, clara):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    elsewhere = waiting(about=complaint)
    away = waiting(SortedMail.Why.AUTO_REPLY, "Back on Monday.", about=complaint)
    page = f"/staff/complaints/{complaint.reference}/"
    with CaptureQueriesContext(connection) as few:
        shown = clara.get(page).content.decode()
    assert "An automatic answer came" in shown
    assert "Back on Monday." in shown
    assert "came from another address and was not added" in shown
    assert "jyri@example.net" in shown
    assert page_of(elsewhere) in shown
    assert page_of(away) not in shown
    assert "Back on Monday." in clara.get(f"{page}?show=messages").content.decode()
    for number in range(5):
        waiting(text=f"Mail {number}", about=complaint)
    with CaptureQueriesContext(connection) as many:
        clara.get(page)
    assert len(many) == len(few)
    clara.force_login(world.mark)
    decided = clara.get(page).content.decode()
    assert elsewhere.mail.reference in decided
    assert page_of(elsewhere) not in decided, "he does not see to mail"
    actions.dismiss_mail(elsewhere, reason="Eve", by=world.as_(world.clara), at=AT)
    assert "set aside since" in clara.get(page).content.decode()
    actions.shield(complaint, reason="She is afraid", by=world.as_(world.clara), at=AT)
    assert "jyri@example.net" not in clara.get(page).content.decode()


def test_only_those_who_take_complaints_down_see_mails_and_none_behind_a_wall(world, clara):
    complaint = builders.a_complaint(world)
    ours = complaint.thread.deliveries.create(
        entry=Entry.objects.first().uid,
        notice="x",
        recipient="party-1",
        address="mari@example.org",
        subject="x",
        body="",
        language="en",
        message_id="<x@localhost>",
        made_at=AT,
    )
    found = waiting(delivery=ours)
    assert complaint.reference in clara.get(page_of(found)).content.decode()
    actions.declare_conflict(complaint, world.clara, reason="A friend", by=world.as_(world.clara), at=AT)
    assert clara.get(page_of(found)).status_code == 404
    assert "Water, too" not in clara.get(LIST).content.decode()
    for person in (world.adam, world.dario):
        clara.force_login(person)
        assert clara.get(LIST).status_code == 403


def test_a_long_list_costs_as_much_as_a_short_one(world, clara):
    waiting()
    clara.get(LIST)
    with CaptureQueriesContext(connection) as few:
        clara.get(LIST)
    for number in range(12):
        waiting(text=f"Mail {number}")
    with CaptureQueriesContext(connection) as many:
        clara.get(LIST)
    assert len(many) == len(few)

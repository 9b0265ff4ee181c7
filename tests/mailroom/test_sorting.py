"""What becomes of a mail: a complaint, a reply, or something for a person to look at. Nothing joins by its word."""

import itertools
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from amends.complaints import actions
from amends.complaints.models import Complaint
from amends.complaints.stages import Stage
from amends.correspondence.models import Delivery, IncomingMail, Message, SortedMail, Thread
from amends.correspondence.unpacking import child
from amends.correspondence.unpacking.limited import Unpacked, UnreadableError
from amends.correspondence.unpacking.opened import OpenedMail
from amends.files.models import StoredFile
from amends.journal.models import Entry
from amends.kit import clock
from amends.kit.invariants import all_invariants
from amends.mailroom.email import sorting
from amends.people.standing import SYSTEM
from amends.reactions import notices, worker
from tests.cast import AT
from tests.files import uploads
from tests.mailroom.mails import MAILBOX, TEXT, a_mail, come, complaint_of

pytestmark = pytest.mark.usefixtures("in_this_process")


@pytest.fixture
def in_this_process(monkeypatch, tmp_path, settings):
    """Mails are opened without a process of their own, which is tested by itself; the clock stands."""
    numbers = itertools.count()

    @contextmanager
    def unpacked(raw):
        place = tmp_path / str(next(numbers))
        place.mkdir()
        said = child.answer(raw, place)
        if "why" in said:
            raise UnreadableError(said["why"])
        yield Unpacked(OpenedMail.from_json(said["mail"]), place)

    monkeypatch.setattr(sorting, "unpacked", unpacked)
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.AMENDS_MAIL_REPLY_TO = MAILBOX


def first_mail(world, sender="Mari Saar <mari@example.org>"):
    """A complaint by mail that was confirmed: the complaint and our confirmation."""
    found = come(world, a_mail(sender=sender))
    worker.drain()
    complaint = complaint_of(found)
    return complaint, Delivery.objects.get(thread=complaint.thread, notice="acknowledgement")


def token_address(delivery):
    return f"complaints+{delivery.reply_token}@larkhaven.example"


def test_a_mail_becomes_a_complaint_once(world):
    raw = a_mail(files=(("pipe.jpg", uploads.jpeg()), ("run.exe", b"MZ")))
    found = come(world, raw)
    complaint = complaint_of(found)
    assert (found.outcome, found.waits, found.left_out) == ("complaint", False, [["run.exe", "file_kind"]])
    assert (complaint.kind, complaint.channel, complaint.origin) == ("complaint", "email", "mail")
    assert (complaint.mail_detail, complaint.title, complaint.received_at) == ("full", "No water", AT)
    party = complaint.parties.get()
    assert (party.name, party.email, party.contact_by) == ("Mari Saar", "mari@example.org", "email")
    message = complaint.thread.messages.get()
    assert (message.text, message.channel) == (TEXT, "email")
    assert message == found.message
    assert [row.file.name for row in message.files.all()] == ["pipe.jpg"]
    assert found.mail.file.size == len(raw)
    # The server hands it over once more: cut off before it was told, or before it was sorted.
    assert come(world, raw) == found
    SortedMail.objects.filter(pk=found.pk).update(
        outcome="", sorted_at=None, thread=None, message=None, leased_until=None
    )
    assert complaint_of(come(world, raw)) == complaint
    assert (Complaint.objects.count(), IncomingMail.objects.count(), Message.objects.count()) == (1, 1, 1)
    worker.drain()
    sent = Delivery.objects.get(thread=complaint.thread)
    assert (sent.notice, sent.address, sent.state) == ("acknowledgement", "mari@example.org", "sent")
    names = set(Entry.objects.values_list("event", flat=True))
    assert {"complaints.mail_kept", "complaints.received", "complaints.mail_taken_up"} <= names


def test_a_reply_joins_by_its_token_or_by_what_it_answers(world):
    complaint, ours = first_mail(world)
    ours_below = "On Monday, Larkhaven Utilities <complaints@larkhaven.example> wrote:\n> Thank you\n> for telling us\n"
    quoted = f"Still no water.\n\n{ours_below}"
    found = come(world, a_mail(quoted, to=token_address(ours), files=(("b.jpg", uploads.jpeg()),)))
    assert (found.outcome, found.thread, found.message.text) == ("reply", complaint.thread, "Still no water.")
    assert found.text == quoted.strip(), "the whole of it stays"
    assert found.message.files.count() == 1
    again = come(world, a_mail("And it is Tuesday.", subject="Re: yours", In_Reply_To=ours.message_id))
    assert (again.outcome, again.thread) == ("reply", complaint.thread)
    complaint.parties.update(email="mari@elsewhere.example")
    moved = come(world, a_mail("I have a new address.", sender="mari@elsewhere.example", to=token_address(ours)))
    assert moved.outcome == "reply"
    assert Complaint.objects.count() == 1


def test_forged_mails_join_nothing(world):
    complaint, ours = first_mail(world)
    other, others = first_mail(world, "Jüri Tamm <jyri@example.net>")
    told = complaint.thread.messages.count()
    mari, token, named = "mari@example.org", token_address(ours), ours.message_id
    almost = token.replace(ours.reply_token, ours.reply_token[:-1] + ("a" if ours.reply_token[-1] != "a" else "b"))
    forged = [
        # The right token from anybody else, however they dress up.
        *({"sender": each, "to": token} for each in ("eve@evil.example", "Mari Saar <eve@evil.example>")),
        {"sender": '"mari@example.org" <eve@evil.example>', "to": token},
        {"sender": "mari@example.org.evil.example", "to": token},
        {"sender": "mari@exаmple.org", "to": token},
        {"sender": "mari+x@example.org", "to": token},
        {"sender": "jyri@example.net", "to": token},
        {"sender": "complaints-team@larkhaven.example", "to": token},
        {"sender": "liis@larkhaven.example", "to": token},
        {"sender": "eve@evil.example", "to": token, "Reply_To": mari},
        {"sender": "eve@evil.example", "to": token, "Sender": mari},
        {"sender": "eve@evil.example", "In_Reply_To": named},
        {"sender": "eve@evil.example", "References": f"<a@b.example> {named}"},
        # The right sender without what only she can know.
        *({"sender": mari, "to": each} for each in (almost, "complaints+@larkhaven.example", MAILBOX)),
        {"sender": mari, "to": token.replace("larkhaven.example", "evil.example")},
        {"sender": mari, "to": f"complaints+{ours.pk}@larkhaven.example"},
        {"sender": mari, "to": f"complaints+{complaint.reference.lower()}@larkhaven.example"},
        {"sender": mari, "subject": f"Re: {complaint.reference}"},
        {"sender": mari, "subject": f"[{complaint.reference}] my complaint"},
        {"sender": mari, "In_Reply_To": named.replace("@", "x@")},
        {"sender": mari, "In_Reply_To": f"<{complaint.reference}@larkhaven.example>"},
        {"sender": mari, "References": "<>"},
        # Her own token does not open the complaint of somebody else.
        {"sender": "jyri@example.net", "In_Reply_To": named},
        {"sender": mari, "to": token_address(others)},
        {"sender": mari, "In_Reply_To": others.message_id},
    ]
    two_senders = a_mail("Two of us", to=token).replace(
        b"From: Mari Saar <mari@example.org>", b"From: mari@example.org, eve@evil.example"
    )
    raws = [a_mail(f"Pay this to somebody else, {n} times over", **each) for n, each in enumerate(forged)]
    dressed_up = ("Mari <mari@example.org>, eve@evil.example", "<mari@example.org@evil.example>")
    as_mari = b"From: Mari Saar <mari@example.org>"
    raws += [
        two_senders,
        *(a_mail(f"As {each}", to=token).replace(as_mari, f"From: {each}".encode()) for each in dressed_up),
        a_mail("Two lines", to=token).replace(b"From: Mari", b"From: eve@evil.example\nFrom: Mari"),
        a_mail("No sender", to=token).replace(b"From: Mari Saar <mari@example.org>\n", b""),
    ]
    found = [come(world, raw, AT + timedelta(days=number)) for number, raw in enumerate(raws)]
    assert len(found) >= 30
    assert not [each for each in found if each.outcome == "reply"]
    assert (complaint.thread.messages.count(), other.thread.messages.count()) == (told, 1)
    held = [each for each in found if each.why == "other_sender"]
    assert len(held) >= 15
    assert all(each.waits and each.text and each.thread is None for each in held), "a person looks at them"
    worker.drain()
    assert not Delivery.objects.filter(thread__in=[complaint.thread, other.thread]).exclude(notice="acknowledgement")
    warned = Delivery.objects.filter(notice="answered_from_elsewhere", address=world.clara.email)
    assert warned.count() >= len(held), "a day apart, each is told to whoever leads"
    again = [come(world, a_mail(f"At once {n}", sender="eve@evil.example", to=token), AT) for n in range(3)]
    assert {each.why for each in again} == {"other_sender"}
    before = warned.count()
    worker.drain()
    assert warned.count() <= before + 1, "not as often as a stranger writes"
    told_of = Entry.objects.filter(event="complaints.answered_from_elsewhere").count()
    assert told_of == len(held) + len(again), "the handler sees each on the timeline"


MACHINES = {
    "auto_reply": [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated (failure)"},
        {"X_Autoreply": "yes"},
        {"Precedence": "auto_reply"},
        {"subject": "Automatic reply: No water"},
        {"subject": "Abwesenheitsnotiz: bis Montag"},
        {"Return_Path": "<>", "subject": "Out of office: back soon"},
    ],
    "list": [{"List_Id": "<news.example.org>"}, {"Precedence": "bulk"}, {"List_Unsubscribe": "<mailto:a@b.example>"}],
    "loop": [{"X_Loop": "amends@localhost"}, {"sender": MAILBOX}, {"sender": "Us <complaints@larkhaven.example>"}],
    "bounce": [{"Return_Path": "<>"}, {"sender": "MAILER-DAEMON@mx.example.org", "subject": "failure notice"}],
}


def test_machines_get_no_answer_and_are_kept(world):
    complaint, ours = first_mail(world)
    Complaint.objects.filter(pk=complaint.pk).update(waits_for_complainant=True)
    before = list(complaint.deadlines.order_by("pk").values())
    for why, kinds in MACHINES.items():
        for number, each in enumerate(kinds):
            found = come(world, a_mail(f"{why} {number}", **{"to": token_address(ours), **each}))
            assert (found.outcome, found.why) == ("suppressed", why), each
    person = come(
        world, a_mail("Out of office hours nobody answers.", subject="Out of office hours", Auto_Submitted="no")
    )
    assert person.outcome == "complaint", "a person wrote about it"
    worker.drain()
    assert Complaint.objects.count() == 2
    assert complaint.thread.messages.count() == 1
    assert Delivery.objects.filter(address="mari@example.org").count() == 2
    complaint.refresh_from_db()
    assert (complaint.waits_for_complainant, complaint.has_new_reply) == (True, False), "a machine answers nothing"
    assert list(complaint.deadlines.order_by("pk").values()) == before
    forged = come(
        world, a_mail("Away", sender="eve@evil.example", to=token_address(ours), Auto_Submitted="auto-replied")
    )
    assert forged.why == "auto_reply"
    noted = Entry.objects.filter(event="complaints.automatic_answer_came")
    assert noted.count() == len(MACHINES["auto_reply"]), "only those from where our mail went"


def test_a_bounce_marks_our_mail_and_tells_who_leads(world):
    _complaint, ours = first_mail(world)
    report = (
        "From: MAILER-DAEMON@mx.example.org\nTo: complaints@larkhaven.example\nSubject: Undelivered\n"
        'Return-Path: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; mari@example.org\nAction: failed\n"
        f"Status: 5.1.1\n\n--b\nContent-Type: message/rfc822\n\nMessage-ID: {ours.message_id}\nSubject: x\n\ny\n--b--\n"
    )
    found = come(world, report.encode())
    ours.refresh_from_db()
    assert (found.outcome, found.why, found.waits, ours.state) == ("suppressed", "bounce", False, "refused")
    assert come(world, report.replace("Sorry", "Sorry again").encode()).why == "bounce"
    assert Entry.objects.filter(event="complaints.mail_came_back").count() == 1
    worker.drain()
    assert Delivery.objects.filter(notice="mail_came_back", address=world.clara.email).count() == 1
    unknown = come(world, report.replace(ours.message_id, "<nobody@knows.example>").encode())
    assert (unknown.why, unknown.waits) == ("bounce", True), "somebody has to find out which it was"


def test_confirmations_end_where_a_machine_may_answer(world, monkeypatch):
    for number in range(7):
        moment = AT + timedelta(minutes=number)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        text = f"{'My' * (number + 1)} complaint is another one."
        assert come(world, a_mail(text, sender="mill@example.net"), moment).outcome == "complaint"
        worker.drain()
    assert Complaint.objects.count() == 7, "all are registered"
    assert Delivery.objects.filter(address="mill@example.net").count() == 5
    assert Entry.objects.filter(event="complaints.automatic_reply_held_back").count() == 2
    assert Delivery.objects.filter(notice="confirmation_held_back").count() >= 2, "somebody confirms instead"
    same = come(world, a_mail("My complaint is another one 4711.", sender="mill@example.net"), moment)
    assert (same.outcome, same.why, same.waits) == ("other", "repeated", True)


def test_what_needs_a_look_and_what_it_asks_to_be(world):
    told = {
        "praise": come(world, a_mail("Thank you!", to="complaints+praise@larkhaven.example")),
        "enquiry": come(world, a_mail("When do you open?", to="complaints+question@larkhaven.example")),
    }
    for kind, found in told.items():
        assert found.outcome == complaint_of(found).kind == kind
    says_turkish, estonian = (
        b"Content-Language: tr-TR\n",
        "Vesi oli kaks päeva ära ja ma olen helistanud, aga see ei aita.",
    )
    spoken = {
        "et": says_turkish + a_mail(estonian),
        "tr": says_turkish + a_mail("4711?", sender="x@example.net"),
        "en": a_mail("4712!", sender="y@example.net"),
    }
    for language, raw in spoken.items():
        assert complaint_of(come(world, raw)).language == language
    waiting = {
        "spam": come(world, a_mail("Buy this", X_Spam_Flag="YES")),
        "no_sender": come(world, b"Subject: Who am I\n\nYou will never know.\n"),
        "no_text": come(world, a_mail(" ", subject=" ")),
        "too_large": None,
    }
    waiting.pop("too_large")
    for why, found in waiting.items():
        assert (found.outcome, found.why, found.waits) == ("other", why, True)
    twice = a_mail("The same by two ways", Message_ID="<one@mail.example.org>")
    assert come(world, twice).outcome == "complaint"
    assert come(world, b"Received: by another\n" + twice).why == "duplicate"
    worker.drain()
    told_of = Delivery.objects.filter(notice="mail_waits", address=world.clara.email)
    assert told_of.count() == 1, "once an hour, however many wait"
    aside = Entry.objects.filter(event="complaints.mail_set_aside")
    *_others, entry = (each for each in aside.order_by("pk") if each.facts["waits"])
    with CaptureQueriesContext(connection) as asked:
        notices.mail_waits(entry)
    assert len(asked) == 2, "who sees to mail, and who was told: however many there are"


def test_what_cannot_be_opened_waits_with_a_reference_and_keeps_nothing_back(world, settings, monkeypatch):
    settings.AMENDS_MAIL_MAX_MB = 1
    large = come(world, a_mail(files=(("a.bin", b"x" * 1_100_000),)))
    assert (large.outcome, large.why, large.waits) == ("quarantine", "too_large", True)

    def breaks(*_arguments, **_named):
        raise KeyError("a mistake of ours")

    monkeypatch.setattr(sorting, "finding_on", breaks)
    failed = come(world, a_mail())
    assert (failed.outcome, failed.why) == ("quarantine", "failed")
    monkeypatch.undo()
    assert all(each.mail.reference.startswith("MAIL-26-") for each in (large, failed))
    assert StoredFile.objects.get(pk=failed.mail.file_id).attached_at
    long = "word " * 5000
    found = come(world, a_mail(long))
    assert found.outcome == "complaint"
    assert found.message.text.endswith("…")
    assert [row.file.name for row in found.message.files.all()] == ["mail.txt"], "nothing of it is lost"


def test_a_reply_to_what_takes_no_more_is_looked_at(world, monkeypatch):
    complaint, ours = first_mail(world)
    Complaint.objects.filter(pk=complaint.pk).update(stage=Stage.VOID)
    found = come(world, a_mail("But it is true.", to=token_address(ours)))
    assert (found.outcome, found.why) in {("reply", ""), ("other", "not_taken")}
    staff = Delivery.objects.create(
        entry=Entry.objects.first().uid,
        notice="assigned",
        recipient=f"person-{world.liis.pk}",
        address=world.liis.email,
        subject="Yours",
        body="",
        language="en",
        message_id="<staff@localhost>",
        made_at=AT,
    )
    held = come(world, a_mail("Close it.", sender=world.liis.email, In_Reply_To=staff.message_id))
    assert (held.outcome, held.why, held.waits) == ("other", "not_ours", True), "mail never acts as staff"


def test_two_who_sort_one_mail_make_one_complaint(world):
    mail = actions.keep_mail(a_mail(), way=IncomingMail.Way.IMAP, by=SYSTEM, at=AT)
    assert sorting.sort_one(mail.sorted.pk, AT)
    assert not sorting.sort_one(mail.sorted.pk, AT)
    assert sorting.sort_waiting(lambda: AT) == 0
    assert Complaint.objects.count() == 1


def test_no_mail_is_ever_changed_and_each_is_accounted_for(world):
    found = come(world, a_mail())
    mine = [each for each in all_invariants() if each.name.startswith("correspondence.mails_")]
    assert len(mine) == 2
    assert [wrong for each in mine for wrong in each.check()] == []
    with pytest.raises(DatabaseError), transaction.atomic():
        IncomingMail.objects.update(digest="0" * 64)
    SortedMail.objects.filter(pk=found.pk).update(thread=Thread.objects.create())
    assert [wrong for each in mine for wrong in each.check()] == [
        f"{found.mail.reference} is not a message of the conversation that it was added to"
    ]

"""By real servers: a mail with photos comes by IMAP, is confirmed by SMTP, its answer joins; a stranger's does not."""

import io
from datetime import timedelta

import pytest

from amends.complaints.models import Complaint
from amends.correspondence.models import Delivery, IncomingMail, SortedMail
from amends.kit import clock
from amends.mailroom.email import mailbox, pipe
from amends.mailroom.email.poller import Poller, seconds_since_reading
from amends.project import cli, health
from amends.project.supervisor import Supervisor
from amends.reactions import worker
from tests import builders
from tests.files import uploads
from tests.mailroom.mails import MAILBOX, TEXT, a_mail
from tests.mailroom.servers import imap_server, smtp_server

#: Each of these did harm to a parser of the standard library.
_NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(1500))
HOSTILE = (
    b"Message-ID: <>\nFrom: a@b.example\n\n\n",
    b"From: a@b.example\nContent-Type: text/plain; charset*=x\n\nhello",
    b"From: a@b.example\n" + _NESTED,
    b"From: \xff\xfe\x00@@<<>>\nSubject: =?utf-16?B?////?=\n\n\x00\x00",
    b"\x00" * 5000,
)


@pytest.fixture
def larkhaven(own_database, settings):
    settings.AMENDS_MAIL_REPLY_TO = MAILBOX
    return builders.a_world(at=clock.now() - timedelta(days=1))


def test_a_mail_with_photos_is_confirmed_and_its_answer_joins(larkhaven, settings, monkeypatch):
    photos = tuple((f"photo-{n}.jpg", uploads.jpeg()) for n in range(2))
    with imap_server() as imap, smtp_server(settings) as smtp:
        settings.AMENDS_IMAP_URL = imap.url
        poller = Poller()
        imap.deliver(a_mail(files=photos))
        assert poller.look()
        complaint = Complaint.objects.get()
        assert (imap.count("INBOX"), imap.count("Amends")) == (0, 1)
        assert complaint.thread.messages.get().files.count() == 2
        worker.drain()
        confirmation = smtp.to("mari@example.org")[0]
        assert complaint.reference in str(confirmation["Subject"])
        assert confirmation["Auto-Submitted"] == "auto-generated"
        answer_to = str(confirmation["Reply-To"])
        assert answer_to.startswith("complaints+")

        imap.deliver(
            a_mail("It is still dry.", to=answer_to, In_Reply_To=str(confirmation["Message-ID"])),
            a_mail("Give me the details.", sender="eve@evil.example", to=answer_to),
        )
        poller.look()
        assert [each.text for each in complaint.thread.messages.order_by("id")] == [TEXT, "It is still dry."]
        held = SortedMail.objects.get(why="other_sender")
        assert (held.sender, held.waits, Complaint.objects.count()) == ("eve@evil.example", True, 1)

        # Dangerous ones cost nobody else anything. (This mail server takes none of them, so they come by the pipe.)
        began = clock.now()
        assert [pipe.receive(io.BytesIO(raw), clock.now) for raw in HOSTILE] == [0] * len(HOSTILE)
        imap.deliver(a_mail("The good one.", sender="good@example.net"))
        while poller.look():
            pass
        assert Complaint.objects.filter(parties__email="good@example.net").count() == 1
        assert clock.now() - began < timedelta(seconds=60)
        assert IncomingMail.objects.count() == 3 + len(HOSTILE) + 1
        assert not SortedMail.objects.unsorted().exists()
        assert {each.outcome for each in SortedMail.objects.filter(sender__in=["", "a@b.example"])} <= {
            "other",
            "quarantine",
            "complaint",
        }
        assert not [each for each in health.problems(clock.now()) if each.startswith("mail")]

        # Cut off after it was kept and before the server was told: fetched again, it is the same mail.
        imap.deliver(a_mail("Only once, please.", sender="once@example.net"))

        def dies(*_arguments):
            raise KeyboardInterrupt

        monkeypatch.setattr(mailbox.BaseMailBox, "move", dies)
        with pytest.raises(KeyboardInterrupt):
            mailbox.fetch(clock.now)
        monkeypatch.undo()
        settings.AMENDS_MAIL_REPLY_TO = MAILBOX
        assert imap.count("INBOX") == 1
        while poller.look():
            pass
        assert imap.count("INBOX") == 0
        assert Complaint.objects.filter(parties__email="once@example.net").count() == 1
        settings.AMENDS_IMAP_URL = imap.url.replace("quite", "not")
        assert not poller.look(), "a wrong password is noted, and tried again"
    settings.AMENDS_IMAP_URL = imap.url
    assert not poller.look(), "a mail server that is away, too"
    later = clock.now() + timedelta(hours=1)
    assert seconds_since_reading(later) > 3000
    assert any("mailbox was not read" in each for each in health.problems(later))


def test_a_mail_server_hears_kept_or_try_again(larkhaven, monkeypatch, tmp_path, settings):
    settings.AMENDS_IMAP_URL = "imaps://a:b@imap.example.org"
    assert Supervisor(port=1, with_worker=True).commands["mail"][-1] == "mail", "serve reads the mailbox, too"
    assert pipe.receive(io.BytesIO(a_mail()), clock.now) == 0
    assert Complaint.objects.count() == 1

    def full(*_arguments, **_named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pipe, "sort_one", full)
    assert pipe.receive(io.BytesIO(a_mail("It is kept all the same.")), clock.now) == 0
    assert SortedMail.objects.unsorted().count() == 1
    monkeypatch.setattr(pipe, "keep_mail", full)
    assert pipe.receive(io.BytesIO(a_mail("Not now.")), clock.now) == 75
    monkeypatch.setenv("AMENDS_DATA_DIR", str(tmp_path / "nothing here"))
    assert cli.main(["mail", "receive"]) == 75, "also where nothing is set up"
    assert Delivery.objects.count() == 0

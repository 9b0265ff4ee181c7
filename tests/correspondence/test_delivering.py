"""Handing mails to a real mail server: never none, one identity, and an honest word when it cannot be done."""

import contextlib
import email
import email.policy
import re
import smtplib
import socket
import uuid

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from amends.correspondence.delivering import Mail, reply_address, send_once
from amends.correspondence.models import Delivery, Thread
from amends.journal.outbox import TryLaterError
from amends.kit import clock, ids
from tests import builders

pytestmark = pytest.mark.django_db


class Sink:
    """A mail server that keeps what it is given, and answers as it is told."""

    def __init__(self):
        self.received, self.answer_recipient, self.answer_data = [], "250 OK", "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the name that aiosmtpd calls
        if self.answer_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_recipient

    async def handle_DATA(self, server: SMTP, session, envelope):  # noqa: N802
        self.received.append(envelope.content.decode("utf-8", "replace"))
        return self.answer_data


@pytest.fixture
def sink(settings):
    sink = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    yield sink
    controller.stop()


@pytest.fixture
def send():
    builders.a_world()
    entry = uuid.uuid4()

    def send(address="mari@example.org", subject="We have your complaint", notice="acknowledgement"):
        mail = Mail(address, subject, "Thank you, täname, teşekkürler.", "en")
        return send_once(mail, entry=entry, notice=notice, recipient="party-1", thread=None, now=clock.now)

    return send


def header(text, name):
    return [line.partition(": ")[2] for line in text.splitlines() if line.lower().startswith(f"{name.lower()}:")]


def test_it_arrives_with_the_headers_of_an_automatic_mail(sink, send):
    delivery = send()
    (text,) = sink.received
    assert delivery.state == Delivery.State.SENT
    assert header(text, "Message-ID") == [delivery.message_id]
    assert header(text, "Auto-Submitted") == ["auto-generated"]
    assert header(text, "From") == ["complaints@larkhaven.example"]
    assert header(text, "To") == ["mari@example.org"]


def test_sending_again_does_nothing(sink, send):
    send()
    send()
    assert len(sink.received) == Delivery.objects.count() == 1


def test_when_the_answer_is_lost_the_same_mail_goes_out_with_the_same_identity(sink, send):
    sink.answer_data = "451 Try again"
    with pytest.raises(TryLaterError):
        send()
    assert Delivery.objects.get().state == Delivery.State.WAITING
    sink.answer_data = "250 OK"
    send()
    identities = {header(text, "Message-ID")[0] for text in sink.received}
    assert len(sink.received) == 2
    assert identities == {Delivery.objects.get().message_id}
    assert Delivery.objects.get().attempts == 2


def test_an_address_that_is_refused_for_good_is_not_tried_again(sink, send):
    sink.answer_recipient = "550 No such user"
    assert send().state == Delivery.State.REFUSED
    assert send().state == Delivery.State.REFUSED
    assert sink.received == []


def test_an_address_that_is_refused_for_now_is_tried_again(sink, send):
    sink.answer_recipient = "450 Later"
    with pytest.raises(TryLaterError):
        send()


def test_a_server_that_is_away_is_said_so_and_nothing_is_lost(send, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(TryLaterError, match="cannot be reached"):
        send()
    assert Delivery.objects.get().last_error == "ConnectionRefusedError"


@pytest.mark.parametrize(
    "subject",
    [
        "Hello\r\nBcc: victim@example.org",
        "Hello\nTo: victim@example.org",
        "Hello\x00\x0b\x0c\x1c\x85\u2028Bcc: victim@example.org",
        "=?utf-8?q?Hello=0D=0ABcc:_victim@example.org?=",
    ],
)
def test_no_header_can_be_smuggled_in(sink, send, subject):
    send(subject=subject)
    (text,) = sink.received
    assert header(text, "Bcc") == []
    assert header(text, "To") == ["mari@example.org"]


def test_without_a_mail_server_mails_become_files(send, settings, tmp_path):
    settings.EMAIL_BACKEND = "amends.correspondence.mail_files.MailFiles"
    settings.AMENDS_MAIL_DIR = tmp_path / "mail"
    send()
    (file,) = list((tmp_path / "mail").iterdir())
    assert file.suffix == ".eml"
    assert b"Message-ID" in file.read_bytes()
    with contextlib.suppress(smtplib.SMTPException):
        send(notice="another")
    assert len(list((tmp_path / "mail").iterdir())) == 2


def test_mails_of_one_conversation_follow_each_other_and_each_has_its_own_address_for_answers(sink, settings):
    settings.AMENDS_MAIL_REPLY_TO = "complaints@larkhaven.example"
    builders.a_world()
    thread, other = Thread.objects.create(), Thread.objects.create()

    def send(number, thread, *, address="mari@example.org", automatic=True):
        mail = Mail(address, "About your complaint", "Täname.", "et", is_automatic=automatic)
        return send_once(mail, entry=uuid.uuid4(), notice=str(number), recipient="p-1", thread=thread, now=clock.now)

    first, second, third = send(1, thread), send(2, thread), send(3, thread, automatic=False)
    elsewhere, another_person = send(4, other), send(5, thread, address="ada@example.org")
    texts = [email.message_from_string(text) for text in sink.received]
    assert [text["In-Reply-To"] for text in texts] == [None, first.message_id, second.message_id, None, None]
    assert texts[2]["References"].split() == [first.message_id, second.message_id]
    assert [bool(text["Auto-Submitted"]) for text in texts] == [True, True, False, True, True]
    tokens = {one.reply_token for one in (first, second, third, elsewhere, another_person)}
    assert len(tokens) == 5
    assert all(ids.read_reply_token(token.upper()) == token for token in tokens)
    assert texts[2]["Reply-To"] == f"complaints+{third.reply_token}@larkhaven.example"
    settings.AMENDS_MAIL_REPLY_TO = ""
    assert reply_address(first) == ""


def test_the_mail_says_the_same_as_text_and_as_html_and_nothing_in_it_is_markup(sink, settings):
    builders.a_world()
    link = f"{settings.AMENDS_PUBLIC_URL}/en/track/"
    body = f"<script>alert(1)</script> & {{reference}}\n\nhttps://evil.example/\n{link}"
    mail = Mail("mari@example.org", "Hi <b>", body, "en")
    send_once(mail, entry=uuid.uuid4(), notice="n", recipient="p", thread=Thread.objects.create(), now=clock.now)
    message = email.message_from_string(sink.received[0], policy=email.policy.default)
    html = message.get_body(("html",)).get_content()
    assert message.get_body(("plain",)).get_content().split() == body.split()
    assert "&lt;script&gt;" in html
    assert "<script>" not in html
    assert re.findall(r'href="([^"]*)"', html) == [link]

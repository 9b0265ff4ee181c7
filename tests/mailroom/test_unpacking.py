"""Opening a mail: whatever stands in it, it becomes text and files, or a reason why not; within limits."""

import base64
import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from amends.correspondence.unpacking import child, limited
from amends.correspondence.unpacking.headers import addresses_in, decoded, in_words
from amends.correspondence.unpacking.limited import UnreadableError, unpacked

pytestmark = pytest.mark.engineless

HEAD = b"From: Mari <mari@example.org>\n"


@pytest.fixture
def opened(tmp_path):
    """Opens bytes in this process."""

    def read(raw: bytes):
        path = tmp_path / "mail"
        path.write_bytes(raw)
        return child.answer(path, tmp_path).get("mail")

    return read


@pytest.mark.parametrize(
    ("charset", "content", "text"),
    [
        ("iso-8859-9", "Şikâyetim var: İğde".encode("iso-8859-9"), "Şikâyetim var: İğde"),
        ("ks_c_5601-1987", "불만".encode("cp949"), "불만"),
        ("gb2312", "鎔投诉".encode("gb18030"), "鎔投诉"),
        ("x-unknown", "Õismäe".encode(), "Õismäe"),
        ("utf-8", "na\xefve".encode("latin-1"), "naïve"),
        ("utf-16", b"\xff", "ÿ"),
        ("idna", b"abc", "abc"),
        ("us-ascii\x00", "Õ".encode(), "Õ"),
        ('"utf-7"', b"caf+AOk-", "café"),
        ("rot13", b"abc", "abc"),
        ("", b"\xe2\x82\xac", "€"),
    ],
)
def test_no_character_set_makes_it_fail(opened, charset, content, text):
    assert in_words(content, charset) == text
    lines = b"Content-Type: text/plain; charset=" + charset.encode() + b"\nContent-Transfer-Encoding: base64\n\n"
    assert opened(HEAD + lines + base64.b64encode(content))["text"].strip()


def test_headers_are_read_whatever_is_in_them():
    assert decoded("=?utf-8?B?xZ4=?= =?utf-8?Q?ik=C3=A2yet?= x") == "Şikâyet x"
    assert decoded("=?utf-8?B?4oI=?= =?utf-8?B?rA==?=") == "€", "one letter in two words"
    assert decoded("=?broken?B?$$$?= =?utf-8?B?=") is not None
    assert addresses_in('"Saar, Mari (home)" <Mari@Example.org>, "x@evil.example" <b@c.example>') == [
        ("Saar, Mari (home)", "mari@example.org"),
        ("x@evil.example", "b@c.example"),
    ]
    assert addresses_in("undisclosed-recipients:;") == []
    # Two who write, and what only looks like an address of the right one: nothing of it counts as hers alone.
    for two in (
        "Mari <m@c.example>, eve@e.example",
        "eve@e.example, Mari <m@c.example>",
        "<eve@e.example> m@c.example",
    ):
        assert sorted(address for _name, address in addresses_in(two)) == ["eve@e.example", "m@c.example"], two
    for odd in ("<m@c.example@e.example>", "m@c.example@e.example", "<@e.example:m@c.example>", "m@c.exampleé"):
        assert addresses_in(odd) == [], odd
    assert addresses_in("m@c.example <m@c.example>") == [("m@c.example", "m@c.example")]
    assert addresses_in("Mari < mailto:m@c.example >, x@d.example") == [("Mari", "m@c.example"), ("", "x@d.example")]
    began = time.perf_counter()
    for bad in ("(" * 50_000, "<" * 50_000, '"' * 50_000, "a" * 50_000, "a@" * 50_000, "=?" * 50_000):
        addresses_in(bad)
        decoded(bad)
    assert time.perf_counter() - began < 2


def test_text_files_and_mails_in_mails(opened):
    inner = EmailMessage()
    inner["Subject"], inner["Message-ID"] = "What they wrote", "<inner@example.org>"
    inner.set_content("Go away.")
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Mari <mari@example.org>", "My complaint"
    mail.set_content("The plain words.")
    mail.add_alternative("<p>The <b>rich</b> words.</p><script>bad()</script>", subtype="html")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="../../etc/passwd.pdf")
    mail.add_attachment(inner)
    found = opened(mail.as_bytes())
    assert found["text"].strip() == "The plain words.", "not both versions of one text"
    assert [each["name"] for each in found["files"]] == ["../../etc/passwd.pdf", "What they wrote.eml"]
    assert [each["path"] for each in found["files"]] == ["1", "2"], "names from outside name no path"
    rich = opened(HEAD + b"Content-Type: text/html\n\n<p>Only <i>rich</i><br>words</p><script>bad()</script>")
    assert rich["text"] == "Only rich\nwords"
    broken = HEAD + b"Content-Type: message/rfc822\n\nSubject: \xff\xfe\nContent-Type: text/plain; charset=x\n\n\xe9\n"
    assert opened(broken)["files"][0]["size"] > 0


def test_what_outlook_packs_is_unpacked(opened, monkeypatch):
    class Packed:
        htmlbody, body = b"", b"In the packet."

        def __init__(self, content, **_options):
            assert content == b"packed"
            self.attachments = [self]

        data = b"12"

        def long_filename(self):
            return "bill.txt"

    monkeypatch.setattr("amends.correspondence.unpacking.parts.TNEF", Packed)
    lines = b"Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n"
    raw = HEAD + lines + base64.b64encode(b"packed")
    found = opened(raw)
    assert (found["text"], [each["name"] for each in found["files"]]) == ("In the packet.", ["bill.txt"])
    monkeypatch.undo()
    assert [each["name"] for each in opened(raw)["files"]] == ["winmail.dat"], "what is none stays a file"


def test_the_process_is_limited_and_holds_no_secret(tmp_path, monkeypatch, settings):
    settings.AMENDS_FILES_DIR = tmp_path
    monkeypatch.setenv("AMENDS_SECRET_KEY", "x" * 40)
    raw = tmp_path / "raw"
    raw.write_bytes(HEAD + b"Subject: Hello\n\nIt is I.\n")
    with unpacked(raw) as found:
        assert (found.mail.subject, found.mail.sender) == ("Hello", "mari@example.org")
        assert 0 < found.mail.peak_kb < 256 * 1024
        place = found.place
    assert not place.exists()
    # More than the process may have: it ends, and the mail has a reason.
    raw.write_bytes(HEAD + b"Content-Type: text/plain\n\n" + b"x\n" * 30_000_000)
    with pytest.raises(UnreadableError, match="too_complex"), unpacked(raw):
        pass
    monkeypatch.setattr(limited, "WALL_SECONDS", 0.01)
    with pytest.raises(UnreadableError, match="too_complex"), unpacked(raw):
        pass
    assert not [each for each in Path(tmp_path / ".incoming").iterdir() if each.is_dir()]

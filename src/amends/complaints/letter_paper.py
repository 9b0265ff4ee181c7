"""A letter as it stands on paper: who it comes from and goes to, what it is about, and what was written.

What is written is the message as it was composed, once: the page, the plain text and the paper show the same words.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from amends.complaints.models import Letter
from amends.framework.logos import logo_of
from amends.framework.models import Organisation
from amends.kit.locales import long_day
from amends.rendering.pdf import Template, Value, lacks_signs, pdf

#: The room for the organisation's logo, in millimetres.
LOGO_WIDTH, LOGO_HEIGHT = 60, 18
#: Lines that fit the window of a long envelope beside the name.
MOST_LINES = 7
_BETWEEN_LINES = re.compile(r"\n|,\s+")


@dataclass(frozen=True)
class Paper:
    """One letter, in the language of its message."""

    language: str
    sender: str
    address: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    subject: str
    paragraphs: tuple[str, ...]
    closing: str
    foot: str

    @property
    def has_unknown_signs(self) -> bool:
        """Whether some sign of it cannot be shown on paper."""
        return any(lacks_signs(text) for text in (*self.address, *self.paragraphs, self.closing))

    def as_text(self) -> str:
        """The same without any form: for those who have it read out, and for mails."""
        facts = "\n".join(f"{name}: {value}" for name, value in self.facts)
        parts = ("\n".join(self.address), facts, self.subject, *self.paragraphs, self.closing)
        return "\n\n".join(part for part in parts if part)


def paper_of(letter: Letter, organisation: Organisation) -> Paper:
    """The letter with name and address as they are now; its words are those of the message."""
    message, complaint, party = letter.message, letter.complaint, letter.party
    language = message.language or complaint.language
    lines = [line.strip() for line in _BETWEEN_LINES.split(party.address) if line.strip()]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], ", ".join(lines[MOST_LINES - 1 :])]
    with translation.override(language):
        return Paper(
            language=language,
            sender=_joined(" · ", organisation.name, organisation.post_address),
            address=tuple(line for line in (party.name, *lines) if line),
            facts=_facts(letter, organisation, language),
            subject=_("Your complaint %(reference)s") % {"reference": complaint.reference},
            paragraphs=tuple(part.strip() for part in re.split(r"\n\s*\n", message.text) if part.strip()),
            closing=organisation.name,
            foot=_joined(" · ", organisation.name, organisation.post_address, complaint.reference),
        )


def pdf_of(papers: Sequence[Paper], organisation: Organisation, *, at: datetime, language: str) -> bytes:
    """One file for one letter or many. A single letter is named by its subject and in its own language."""
    title, said_in = (papers[0].subject, papers[0].language) if len(papers) == 1 else (_("Letters"), language)
    data: dict[str, Value] = {
        "organisation": organisation.name,
        "colour": organisation.brand_colour,
        **_logo(organisation, said_in),
        "letters": [{**asdict(paper), "lang": paper.language} for paper in papers],
    }
    return pdf(Template.LETTER, data, title=title, language=said_in, at=at)


def _logo(organisation: Organisation, language: str) -> dict[str, Value]:
    """The organisation's picture, as large as it fits at the head of the letter; what stands for it when read out."""
    logo = logo_of(organisation)
    if logo is None:
        return {"logo": None}
    scale = min(LOGO_WIDTH / logo.width, LOGO_HEIGHT / logo.height)
    with translation.override(language):
        said = _("Logo of %(name)s") % {"name": organisation.name}
    return {"logo": list(bytes(logo.content)), "logo_height": round(logo.height * scale, 2), "logo_said": said}


def _facts(letter: Letter, organisation: Organisation, language: str) -> tuple[tuple[str, str], ...]:
    day = long_day(letter.message.at.astimezone(organisation.zone), language)
    rows = [
        (_("Date"), day),
        (_("Reference"), letter.complaint.reference),
        (_("Telephone"), organisation.phone),
        (_("E-mail"), organisation.email),
        (_("On the internet"), f"{settings.AMENDS_PUBLIC_URL}/{language}/track/"),
    ]
    return tuple((name, value) for name, value in rows if value)


def _joined(between: str, *parts: str) -> str:
    return between.join(part for part in parts if part)

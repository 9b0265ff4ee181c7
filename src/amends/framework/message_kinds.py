"""The messages that go out by themselves or are put together: their variables, and the words that Amends begins with.

The words of a letter are made of blocks. Which of them a letter has, the rule pack says; where an organisation words a
letter itself, every block has its place in it, so that none that the rules demand can be lost.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.framework.rules.vocabulary import LetterKind

Words = str | Promise


@dataclass(frozen=True)
class MessageKind:
    """One kind of message. `subject` is that of a mail; a letter has none of its own."""

    code: str
    title: Words
    body: Callable[[], str]
    variables: Mapping[str, Words]
    needed: frozenset[str]
    subject: Words = ""
    letter: LetterKind | None = None
    blocks: tuple[str, ...] = field(default=())

    @property
    def is_mail(self) -> bool:
        """Whether it has a subject."""
        return bool(self.subject)


_VARIABLES: dict[str, Words] = {
    "reference": _("The reference of the complaint"),
    "link": _("Where the complaint is followed"),
    "organisation": _("The name of the organisation"),
    "received": _("The day on which it was received"),
    "way_in": _("With which code people follow it, and what helps where they have none"),
    "next": _("What happens next, and by when"),
    "proof": _("The proof of receipt"),
    "privacy": _("That mails never say what it is about; empty where they do"),
    "day": _("The new day"),
    "why": _("Why it takes longer"),
    "understood": _("How the complaint was understood"),
    "contact": _("How you are reached"),
    "times": _("What happens next, and by when"),
    "reason": _("Why it takes longer"),
    "new_date": _("The new day"),
    "external_right": _("Where else people can turn"),
    "apology": _("That you are sorry to be late"),
    "result": _("What you decided"),
    "reasons": _("Why, point by point"),
    "remedies": _("What you will do, with its days"),
    "how_to_answer": _("How to accept or not, and by when"),
    "recourse": _("Where else people can turn"),
    "statements": _("What the rules demand word for word"),
    "measure": _("What you do at once"),
    "steps": _("What comes next, with its days"),
    "where_to_go": _("Where the matter belongs"),
    "where_it_stands": _("Where it stands"),
    "said": _("What silence means by law, and where else people can turn"),
}


def _mail(
    code: str, title: Words, subject: Words, body: Words, *more: str, needed: tuple[str, ...] = ()
) -> MessageKind:
    names = ("reference", "link", "organisation", *more)
    return MessageKind(
        code=code,
        title=title,
        subject=subject,
        body=lambda: str(body),
        variables={name: _VARIABLES[name] for name in names},
        needed=frozenset({"reference", "link", *needed}),
    )


def _letter(code: str, title: Words, letter: LetterKind, *blocks: str) -> MessageKind:
    names = (*blocks, "statements")
    return MessageKind(
        code=code,
        title=title,
        body=lambda: "\n\n".join(f"{{{name}}}" for name in names),
        variables={name: _VARIABLES[name] for name in (*names, "reference", "organisation") if name in _VARIABLES},
        needed=frozenset(names),
        letter=letter,
        blocks=blocks,
    )


def _interim() -> str:
    return "\n\n".join(
        [
            gettext("We cannot solve this at once. Until we decide, this is what we do for you:"),
            "{measure}",
            gettext("What comes next:"),
            "{steps}",
        ]
    )


def _survey() -> str:
    return gettext(
        "We would like to know how you found the way we handled your complaint. There are five short questions on the "
        "tracking page, which you open with your reference and access code. You need not answer any of them, and what "
        "you say changes nothing about your complaint.\n\n{organisation}"
    )


_ALL = (
    _mail(
        "acknowledgement",
        _("Mail: receipt confirmed"),
        _("We have your complaint {reference}"),
        _(
            "Thank you for telling us. We received your complaint on {received}.\n"
            "\n"
            "Your reference is {reference}. You can follow the complaint, write to us and read our decision here:\n"
            "{link}\n"
            "\n"
            "{way_in}\n"
            "\n"
            "{next}\n"
            "\n"
            "{statements}\n"
            "\n"
            "{proof}\n"
            "\n"
            "{organisation}\n"
            "\n"
            "This mail was sent by itself. {privacy}"
        ),
        *("received", "way_in", "next", "statements", "proof", "privacy"),
        needed=("way_in", "next", "statements"),
    ),
    _mail(
        "message_waiting",
        _("Mail: there is a message"),
        _("There is a message about {reference}"),
        _(
            "We have written to you about {reference}. You can read our message and answer it here, with your "
            "reference and access code:\n{link}\n\n{organisation}"
        ),
    ),
    _mail(
        "decision_ready",
        _("Mail: the decision can be read"),
        _("Our decision on {reference} is ready"),
        _(
            "We have decided on {reference}. You can read the decision with its reasons, and tell us whether you "
            "accept it, here:\n{link}\n\n{organisation}"
        ),
    ),
    _mail(
        "progress",
        _("Mail: something has changed"),
        _("Something has changed about {reference}"),
        _(
            "There is news about {reference}. You can see where it stands here, with your reference and access code:\n"
            "{link}\n\n{organisation}"
        ),
    ),
    _mail(
        "delay",
        _("Mail: we are late"),
        _("We are late with {reference}"),
        _(
            "We told you that you would hear from us about {reference}, and we did not keep that date. We are sorry. "
            "{why} You will hear from us by {day}. Where it stands, and where else you can turn:\n{link}\n\n"
            "{statements}\n\n{organisation}"
        ),
        *("why", "day", "statements"),
        needed=("why", "day", "statements"),
    ),
    _mail(
        "deemed",
        _("Mail: by law silence counts as an answer"),
        _("We did not answer {reference} in time"),
        _("{said}\n\nWhere your complaint {reference} stands:\n{link}\n\n{organisation}"),
        "said",
        needed=("said",),
    ),
    _mail(
        "survey",
        _("Mail: how did we do?"),
        _("How did we handle {reference}?"),
        _(
            "We would like to know how you found the way we handled {reference}: five short questions, and you need "
            "not answer any of them. You find them here, with your reference and access code:\n{link}\n\n"
            "{organisation}"
        ),
    ),
    _letter(
        "letter_acknowledgement",
        _("Letter: receipt confirmed"),
        LetterKind.ACKNOWLEDGEMENT,
        *("reference", "understood", "contact", "times"),
    ),
    _letter(
        "letter_holding",
        _("Letter: it takes longer"),
        LetterKind.HOLDING,
        *("reason", "new_date", "external_right"),
    ),
    _letter(
        "letter_delay",
        _("Letter: we are late"),
        LetterKind.DELAY,
        *("apology", "reason", "new_date", "external_right"),
    ),
    _letter(
        "letter_decision",
        _("Letter: the decision"),
        LetterKind.DECISION,
        *("result", "reasons", "remedies", "how_to_answer", "recourse"),
    ),
    _letter(
        "letter_review_acknowledgement",
        _("Letter: somebody else looks at it again"),
        LetterKind.REVIEW_ACKNOWLEDGEMENT,
        *("reference", "understood", "contact", "times"),
    ),
    _letter(
        "letter_review_decision",
        _("Letter: the decision after the review"),
        LetterKind.REVIEW_DECISION,
        *("result", "reasons", "remedies", "how_to_answer", "recourse"),
    ),
    _letter(
        "letter_summary_resolution",
        _("Letter: put right at once"),
        LetterKind.SUMMARY_RESOLUTION,
        *("reference", "result", "recourse"),
    ),
    _letter(
        "letter_update",
        _("Letter: where it stands"),
        LetterKind.UPDATE,
        *("reference", "where_it_stands", "contact", "times"),
    ),
    _letter(
        "letter_deemed",
        _("Letter: by law silence counts as an answer"),
        LetterKind.DEEMED,
        *("reference", "recourse"),
    ),
    MessageKind(
        code="letter_interim",
        title=_("Letter: what we do until we decide"),
        body=_interim,
        variables={name: _VARIABLES[name] for name in ("measure", "steps", "organisation")},
        needed=frozenset({"measure", "steps"}),
    ),
    MessageKind(
        code="letter_out_of_scope",
        title=_("Letter: not for us to decide"),
        body=lambda: "{where_to_go}",
        variables={name: _VARIABLES[name] for name in ("where_to_go", "organisation")},
        needed=frozenset({"where_to_go"}),
    ),
    MessageKind(
        code="letter_survey",
        title=_("Letter: how did we do?"),
        body=_survey,
        variables={"organisation": _VARIABLES["organisation"]},
        needed=frozenset(),
    ),
)

KINDS: Mapping[str, MessageKind] = {kind.code: kind for kind in _ALL}

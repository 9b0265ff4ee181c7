"""What the words of a rule pack are called on the screen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.framework.rules.vocabulary import (
    ClockKind,
    DeemedAs,
    HoldingPart,
    LetterKind,
    Met,
    OnPass,
    Origin,
    Owes,
    PauseWhy,
    RetentionStart,
    Start,
    Status,
)
from amends.ui import formatting

Words = str | Promise

KINDS: dict[ClockKind, Words] = {
    ClockKind.ACKNOWLEDGEMENT: _("Confirm receipt"),
    ClockKind.DECISION: _("Decision"),
    ClockKind.ANSWER: _("Answer of the complainant"),
    ClockKind.REVIEW: _("Internal review"),
    ClockKind.UPDATE: _("News for the complainant"),
    ClockKind.EARLY: _("Early resolution"),
    ClockKind.EXTERNAL: _("Time for the outside body"),
    ClockKind.OTHER: _("Other deadline"),
}
STAGES: dict[int, Words] = {1: _("First handling"), 2: _("Internal review")}
STARTS: dict[Start, Words] = {
    Start.RECEIVED: _("When the complaint is received"),
    Start.ACKNOWLEDGED: _("When its receipt is confirmed"),
    Start.COMMUNICATED: _("When the decision is told"),
    Start.REJECTED: _("When the complainant does not accept the decision"),
    Start.REVIEW_OPENED: _("When the internal review is opened"),
    Start.REVIEW_ACKNOWLEDGED: _("When the review is confirmed to the complainant"),
    Start.REFERRED: _("When it is taken to an outside body"),
    Start.DEEMED: _("When silence counts as a decision"),
    Start.CLOSED: _("When the complaint is closed"),
    Start.REOPENED: _("When the complaint is reopened"),
}
MET_BY: dict[Met, Words] = {
    Met.ACKNOWLEDGED: _("Receipt is confirmed"),
    Met.COMMUNICATED: _("The decision is told"),
    Met.ANSWERED: _("The complainant answers the decision"),
    Met.MESSAGE_SENT: _("A message goes to the complainant"),
    Met.CLOSED: _("The complaint is closed"),
    Met.REVIEW_ACKNOWLEDGED: _("The review is confirmed to the complainant"),
    Met.REFERRED: _("It is taken to an outside body"),
}
OWED_BY: dict[Owes, Words] = {
    Owes.ORGANISATION: _("The organisation"),
    Owes.COMPLAINANT: _("The complainant"),
}
ON_PASS: dict[OnPass, Words] = {
    OnPass.OVERDUE: _("It is late, and the levels above are told"),
    OnPass.LAPSE: _("The time is over"),
    OnPass.DEEM: _("Silence counts as a decision"),
}
PAUSES: dict[PauseWhy, Words] = {
    PauseWhy.WAITING_FOR_COMPLAINANT: _("While we wait for the complainant"),
    PauseWhy.WAITING_FOR_THIRD_PARTY: _("While we wait for somebody outside"),
    PauseWhy.COURT: _("While a court or authority deals with it"),
    PauseWhy.OTHER: _("For another reason"),
}
HOLDING: dict[HoldingPart, Words] = {
    HoldingPart.REASON: _("Why it takes longer"),
    HoldingPart.NEW_DATE: _("The new date"),
    HoldingPart.EXTERNAL_RIGHT: _("The right to turn to an outside body"),
}
LETTERS: dict[LetterKind, Words] = {
    LetterKind.ACKNOWLEDGEMENT: _("Confirmation of receipt"),
    LetterKind.UPDATE: _("News about where it stands"),
    LetterKind.HOLDING: _("Holding reply"),
    LetterKind.DECISION: _("Decision"),
    LetterKind.SUMMARY_RESOLUTION: _("Short letter after an early resolution"),
    LetterKind.DELAY: _("Apology for being late"),
    LetterKind.REVIEW_ACKNOWLEDGEMENT: _("Confirmation of the review"),
    LetterKind.REVIEW_DECISION: _("Decision after the review"),
    LetterKind.DEEMED: _("What silence means"),
}
#: What Amends writes by itself from the facts of a complaint.
BLOCKS: dict[str, Words] = {
    "reference": _("The reference"),
    "understood": _("What we have understood"),
    "contact": _("Whom to ask"),
    "times": _("By when what happens"),
    "where_it_stands": _("Where it stands"),
    "reason": _("Why it takes longer"),
    "new_date": _("The new date"),
    "external_right": _("The right to turn to an outside body"),
    "result": _("The result"),
    "reasons": _("The reasons"),
    "remedies": _("What is done to put it right"),
    "how_to_answer": _("How to answer"),
    "recourse": _("Who decides where people do not agree with us"),
    "apology": _("An apology"),
}
STATUS: dict[Status, Words] = {
    Status.VERIFIED: _("Verified"),
    Status.TO_VERIFY: _("To verify"),
}
ORIGINS: dict[Origin, Words] = {
    Origin.PUBLISHED: _("Published in the source"),
    Origin.DERIVED: _("Worked out by us from the rule"),
}
DEEMED_AS: dict[DeemedAs, Words] = {
    DeemedAs.REFUSED: _("The complaint counts as refused"),
    DeemedAs.ACCEPTED: _("The complaint counts as accepted"),
}
RETENTION_STARTS: dict[RetentionStart, Words] = {
    RetentionStart.RECEIVED: _("From the day it was received"),
    RetentionStart.CLOSED: _("From the day it was closed"),
}


def place(code: str) -> str:
    """A country, or the European Union, as the reader calls it."""
    return str(formatting.reading().territories.get(code, code)) if code else str(_("Any country"))


def block(code: str) -> str:
    """A part of a letter: what Amends writes by itself has a name, what the pack words has its code."""
    return str(BLOCKS.get(code, code))


def yes_or_no(value: object) -> str:
    """Yes or No."""
    return str(_("Yes") if value else _("No"))

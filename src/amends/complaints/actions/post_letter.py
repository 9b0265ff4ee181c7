"""Saying that a letter was printed, and on which day it was posted (ISO 10002, 7.8)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.acting import today
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Letter
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def print_letter(letter: Letter, *, by: engine.Person, at: datetime) -> Letter:
    """It lies on the table. Refusals: `printed_already`."""
    complaint = letter.complaint
    lifecycle.take(Verb.PRINT_LETTER, complaint, by=by, at=at)
    letter.printed_at, letter.printed_by_id = at, staff_id_of(by)
    waiting = Letter.objects.filter(pk=letter.pk, printed_at__isnull=True)
    if waiting.update(printed_at=at, printed_by_id=letter.printed_by_id) != 1:
        raise Refusal("printed_already", _("Somebody has printed this letter already."))
    record(
        events.LetterPrinted(complaint=complaint.subject, message=Subject("message", letter.message_id)), by=by, at=at
    )
    return letter


@transaction.atomic
def post_letter(letter: Letter, *, posted_on: date, by: engine.Person, at: datetime) -> Letter:
    """It is on its way. Refusals: `posted_already`, `not_printed`, `day_unfit`."""
    complaint = letter.complaint
    lifecycle.take(Verb.POST_LETTER, complaint, by=by, at=at)
    if not today(letter.made_at) <= posted_on <= today(at):
        raise Refusal(
            "day_unfit",
            _("The day of posting lies between the day on which the letter was written and today."),
            field="posted_on",
        )
    person_id = staff_id_of(by)
    printed = Letter.objects.filter(pk=letter.pk, printed_at__isnull=False)
    if not printed.exists():
        raise Refusal("not_printed", _("Print the letter first, and say that you did."))
    if printed.filter(posted_on__isnull=True).update(posted_on=posted_on, posted_at=at, posted_by_id=person_id) != 1:
        raise Refusal("posted_already", _("Somebody has posted this letter already."))
    letter.posted_on, letter.posted_at, letter.posted_by_id = posted_on, at, person_id
    record(
        events.LetterPosted(
            complaint=complaint.subject, message=Subject("message", letter.message_id), posted_on=posted_on
        ),
        by=by,
        at=at,
    )
    return letter

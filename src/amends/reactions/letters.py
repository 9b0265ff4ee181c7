"""What goes to somebody who asked for post, goes on paper: their letter waits on the list of letters."""

from amends.complaints import events
from amends.complaints.acting import who_gets_letters, who_is_told
from amends.complaints.actions import acknowledge, queue_letter, write_letter
from amends.complaints.automatic_letters import acknowledgement, delay
from amends.complaints.letters import is_due
from amends.complaints.letters_of_stages import deemed, update
from amends.complaints.models import Acknowledgement, Complaint, DeemedOutcome, Letter, Party
from amends.complaints.models.complaint import Origin
from amends.complaints.stages import Stage
from amends.framework.queries import the_organisation
from amends.framework.rules.vocabulary import LetterKind
from amends.journal.models import Entry
from amends.kit import clock
from amends.people.standing import SYSTEM
from amends.reactions.held_back import or_held_back
from amends.reactions.notices.alerts import deadline_of
from amends.reactions.notices.mailing import complaint_of, message_of, whoever_wrote

#: Later on, receipt needs no confirmation any more.
_UNDECIDED = frozenset({Stage.RECEIVED, Stage.ASSESSED, Stage.INVESTIGATING, Stage.REOPENED})
#: Where whoever wrote it chose how it is told; the others go the way that the person asked for.
_CHOSEN = (events.MessageSent.name, events.Communicated.name)


def on_paper(entry: Entry) -> None:
    """Put the message that an entry tells of on the list, where it has to go by post. Twice is once."""
    complaint = complaint_of(entry)
    message = message_of(entry, complaint) if complaint is not None else None
    if complaint is None or message is None or Stage(complaint.stage) is Stage.VOID:
        return
    now = clock.now()
    decides = entry.event == events.Communicated.name
    party = who_gets_letters(complaint, now) if decides else who_is_told(complaint, now)
    if party is not None and is_due(complaint, party, message, chosen=entry.event in _CHOSEN):
        queue_letter(complaint, message, party, by=SYSTEM, at=now)


def receipt_on_paper(entry: Entry) -> None:
    """Confirm receipt by letter, with what was understood, to whoever wants letters (7.4)."""
    complaint = complaint_of(entry)
    if complaint is None or complaint.origin == Origin.IMPORT or Stage(complaint.stage) not in _UNDECIDED:
        return
    if Acknowledgement.objects.filter(complaint=complaint, is_automatic=False).exists():
        return
    now = clock.now()
    party = _wants_letters(complaint, whoever_wrote(complaint, now))
    if party is not None:
        with or_held_back(entry, complaint, LetterKind.ACKNOWLEDGEMENT):
            written = acknowledgement(complaint, the_organisation(), now)
            kind = Letter.Kind.ACKNOWLEDGEMENT
            write_letter(complaint, party, written, kind=kind, cause=entry.uid, by=SYSTEM, at=now)


def delay_on_paper(entry: Entry) -> None:
    """Tell by letter that we are late, and until when, whoever wants letters."""
    deadline, complaint = deadline_of(entry), complaint_of(entry)
    if complaint is None or deadline is None or deadline.promised_at is None or not deadline.is_open:
        return
    now = clock.now()
    party = _wants_letters(complaint, who_is_told(complaint, now))
    if party is not None:
        with or_held_back(entry, complaint, LetterKind.DELAY):
            written = delay(complaint, deadline.promised_at, the_organisation())
            write_letter(complaint, party, written, kind=Letter.Kind.DELAY, cause=entry.uid, by=SYSTEM, at=now)


def progress_on_paper(entry: Entry) -> None:
    """Tell by letter how far it has come, whoever wants letters; where it was written already, with those words."""
    if entry.facts.get("message") is not None:
        on_paper(entry)
        return
    complaint, now = complaint_of(entry), clock.now()
    party = _wants_letters(complaint, who_is_told(complaint, now)) if complaint is not None else None
    if complaint is not None and party is not None:
        with or_held_back(entry, complaint, LetterKind.UPDATE):
            written = update(complaint, the_organisation(), now)
            write_letter(complaint, party, written, kind=Letter.Kind.UPDATE, cause=entry.uid, by=SYSTEM, at=now)


def deemed_on_paper(entry: Entry) -> None:
    """Tell by letter what our silence counts as by law, whoever wants letters."""
    deadline, complaint = deadline_of(entry), complaint_of(entry)
    if complaint is None or deadline is None or not deadline.is_open:
        return
    now = clock.now()
    party = _wants_letters(complaint, who_is_told(complaint, now))
    if party is not None:
        outcome = DeemedOutcome.objects.select_related("complaint", "deadline").get(deadline=deadline)
        with or_held_back(entry, complaint, LetterKind.DEEMED):
            written = deemed(outcome, the_organisation())
            write_letter(complaint, party, written, kind=Letter.Kind.DEEMED, cause=entry.uid, by=SYSTEM, at=now)


def receipt_posted(entry: Entry) -> None:
    """Receipt is confirmed when the letter is in the post, not when it is written."""
    complaint = complaint_of(entry)
    message = message_of(entry, complaint) if complaint is not None else None
    if complaint is None or message is None or complaint.is_ended:
        return
    letter = Letter.objects.filter(message=message, kind=Letter.Kind.ACKNOWLEDGEMENT).first()
    if letter is not None:
        acknowledge(complaint, how=Acknowledgement.How.POST, by=SYSTEM, at=clock.now())


def _wants_letters(complaint: Complaint, party: Party | None) -> Party | None:
    """The person, if they asked for letters and can get one."""
    wants = party is not None and party.contact_by == Party.ContactBy.POST and bool(party.address)
    return party if wants and not complaint.is_anonymous and Stage(complaint.stage) is not Stage.VOID else None

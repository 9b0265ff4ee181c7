"""Notices to the person who complained."""

from amends.complaints import letters_of_stages
from amends.complaints.acting import who_gets_letters
from amends.complaints.letter_paper import paper_of, pdf_of
from amends.complaints.models import Complaint, DeemedOutcome, Letter, Party
from amends.correspondence.delivering import Paper
from amends.correspondence.models import Message
from amends.framework.mail_rules import mails_now
from amends.framework.models import Organisation
from amends.framework.rules.vocabulary import LetterKind
from amends.journal.models import Entry
from amends.reactions.held_back import or_held_back
from amends.reactions.notices.alerts import deadline_of
from amends.reactions.notices.mailing import Notice, complaint_of, message_of, to_complainant
from amends.rendering.pdf import TooLongError

#: A larger paper does not go by mail: mailboxes refuse such mails, and the decision must arrive.
LARGEST_PAPER = 2_000_000

MESSAGE = Notice.of("message_waiting")
DECISION = Notice.of("decision_ready")
DEEMED = Notice.of("deemed")
PROGRESS = Notice.of("progress")


def message_waiting(entry: Entry) -> None:
    """There is a message to read."""
    complaint = complaint_of(entry)
    if complaint is not None:
        to_complainant(entry, MESSAGE, complaint, in_full=_text_of(entry, complaint))


def decision_ready(entry: Entry) -> None:
    """The decision can be read."""
    complaint = complaint_of(entry)
    if complaint is not None:
        message = message_of(entry, complaint)
        said = message.text if message is not None else ""
        to_complainant(
            entry,
            DECISION,
            complaint,
            to=who_gets_letters,
            in_full=said,
            paper=lambda party, organisation: _on_paper(message, complaint, party, organisation),
        )


def _on_paper(message: Message | None, complaint: Complaint, party: Party, organisation: Organisation) -> Paper | None:
    """The decision as a letter, where the organisation wants that; the mail says it all without it, if it is large."""
    if message is None or not mails_now().attaches_decision:
        return None
    letter = Letter(complaint=complaint, message=message, party=party, made_at=message.at)
    paper = paper_of(letter, organisation)
    try:
        made = pdf_of([paper], organisation, at=message.at, language=paper.language)
    except TooLongError:
        return None
    return Paper(f"{complaint.reference}.pdf", made) if len(made) <= LARGEST_PAPER else None


def progress(entry: Entry) -> None:
    """The complaint has moved. Where it was written what that means, there is a message to read."""
    if entry.facts.get("message") is not None:
        message_waiting(entry)
        return
    complaint = complaint_of(entry)
    if complaint is not None:
        to_complainant(entry, PROGRESS, complaint)


def deemed(entry: Entry) -> None:
    """By law our silence counts as an answer: what that means, and where else to turn."""
    complaint, deadline = complaint_of(entry), deadline_of(entry)
    if complaint is None or deadline is None or not deadline.is_open:
        return
    outcome = DeemedOutcome.objects.select_related("complaint", "deadline").get(deadline=deadline)
    with or_held_back(entry, complaint, LetterKind.DEEMED):
        to_complainant(
            entry,
            DEEMED,
            complaint,
            lambda organisation: {"said": letters_of_stages.deemed(outcome, organisation).text},
        )


def _text_of(entry: Entry, complaint: Complaint) -> str:
    message = message_of(entry, complaint)
    return message.text if message is not None else ""

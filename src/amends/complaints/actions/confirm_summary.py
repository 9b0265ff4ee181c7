"""The complainant says whether we understood the complaint: on the tracking page, or when it is read back (7.4)."""

from datetime import datetime

from django.db import transaction

from amends.complaints import events, lifecycle
from amends.complaints.actors import person_id_of
from amends.complaints.automatic_letters import summaries
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, SummaryCheck
from amends.complaints.pausing import heard_something
from amends.correspondence.models import Message, Thread
from amends.correspondence.models.message import Channel
from amends.correspondence.writing import add_message, checked_text
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.people.models import Person
from amends.permissions import engine


@transaction.atomic
def confirm_summary(
    complaint: Complaint,
    *,
    correction: str = "",
    is_right: bool,
    by: engine.Person,
    at: datetime,
    channel: str = Channel.PORTAL,
    asked: int | None = None,
) -> SummaryCheck:
    """It is right, or this is how it was meant: a correction is a message that waits for an answer like any other.

    `asked`: how often it had been asked when the page was made. The very same by the same person since then comes back
    as it is: the button was pressed twice.
    """
    text = "" if is_right else checked_text(correction, field="correction")
    lifecycle.take(Verb.CONFIRM_SUMMARY, complaint, by=by, at=at)
    Thread.objects.select_for_update().get(pk=complaint.thread_id)  # said twice at once, it gets two numbers
    person_id = person_id_of(by)
    if asked is not None:
        since = SummaryCheck.objects.filter(complaint=complaint, number__gt=asked, is_right=is_right)
        for known in since.select_related("correction").order_by("number"):
            if (known.person_id, known.correction.text if known.correction else "") == (person_id, text):
                return known
    message, moved = None, list[str]()
    if text:
        message = add_message(
            complaint.thread,
            direction=Message.Direction.IN,
            text=text,
            at=at,
            channel=channel,
            language=complaint.language,
            person=Person.objects.get(pk=person_id) if person_id is not None else None,
        )
        complaint.has_new_reply, complaint.waits_for_complainant = True, False
        complaint.save(update_fields=["has_new_reply", "waits_for_complainant"])
        moved = [deadline.code for deadline in heard_something(complaint, at)]
    check = SummaryCheck.objects.create(
        complaint=complaint,
        number=SummaryCheck.objects.filter(complaint=complaint).count() + 1,
        is_right=is_right,
        points=len(summaries(complaint)),
        correction=message,
        person_id=person_id,
        at=at,
    )
    record(
        events.SummaryConfirmed(
            complaint=complaint.subject,
            is_right=is_right,
            points=check.points,
            message=Subject("message", message.pk) if message is not None else None,
            channel=channel,
            moved=tuple(moved),
        ),
        by=by,
        at=at,
        payload={"text": text} if text else None,
    )
    return check

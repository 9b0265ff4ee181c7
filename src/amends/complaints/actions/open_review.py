"""An internal review by somebody who did not decide before (ISO 10002, 7.9)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, letters_of_stages, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.fitness import check_fitness
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Decision, Review
from amends.correspondence.models import Message
from amends.correspondence.models.message import Channel
from amends.correspondence.writing import add_message, checked_text
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.kit.refusal import Refusal
from amends.people.models import Person
from amends.permissions import engine


@transaction.atomic
def open_review(
    complaint: Complaint,
    *,
    question: str,
    reviewer: Person,
    by: engine.Person,
    at: datetime,
    seen: int | None = None,
) -> Review:
    """Have it looked at again by somebody who did not decide on it before, and tell the complainant until when.

    Refusals: `no_second_person`, `decided_before`, `block_missing`.
    """
    question = checked_text(question, longest=4000, field="question")
    organisation = the_organisation()
    if organisation.is_small:
        raise Refusal(
            "no_second_person",
            _("In the small profile nobody else can review it. Tell the complainant about the outside body instead."),
        )
    if Decision.objects.filter(complaint=complaint, decided_by=reviewer).exists():
        raise Refusal("decided_before", _("This person decided before. Choose somebody else."), field="reviewer")
    check_fitness(complaint, reviewer, complaint.lead_unit, at)
    lifecycle.take(Verb.OPEN_REVIEW, complaint, by=by, at=at, seen=seen)
    Complaint.objects.filter(pk=complaint.pk).update(round=F("round") + 1, handler=reviewer)
    complaint.round, complaint.handler = complaint.round + 1, reviewer
    review = Review.objects.create(
        complaint=complaint, round=complaint.round, question=question, person_id=staff_id_of(by), at=at
    )
    deadlines.happened(complaint, "review_opened", at)
    reply = letters_of_stages.review_acknowledgement(complaint, organisation, at)
    message = add_message(
        complaint.thread,
        direction=Message.Direction.OUT,
        text=reply.text,
        at=at,
        channel=Channel.PORTAL,
        language=complaint.language,
        person=review.person,
        template=reply.template,
    )
    record(
        events.ReviewOpened(
            complaint=complaint.subject,
            round=complaint.round,
            handler=reviewer.subject,
            message=Subject("message", message.pk),
        ),
        by=by,
        at=at,
        payload={"question": question, "text": reply.text},
    )
    return review

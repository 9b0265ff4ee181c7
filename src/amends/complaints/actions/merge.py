"""Handling a complaint together with another one about the same matter (7.2): a pointer, and nothing is lost."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.facts import digest_of
from amends.complaints.held_clocks import hold_clocks
from amends.complaints.lifecycle import Verb
from amends.complaints.merging import LONGEST_CHAIN, is_same_person, share_their_walls
from amends.complaints.models import Complaint, Merging
from amends.complaints.permissions import May
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_text
from amends.permissions import engine


@transaction.atomic
def merge(
    complaint: Complaint,
    into: Complaint,
    *,
    by: engine.Person,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> Merging:
    """Let `complaint` go on in `into`. It keeps its thread, people, access code and clocks; the clocks are held.

    Refusals: `into_itself`, `into_ended`, `circle`, `walls_differ`, `different_people`.
    """
    reason = clean_text(reason)[:4000]
    into = _held(complaint, into)
    lifecycle.check(Verb.MERGE, complaint, by=by)
    engine.require(by, May.MERGE, into)
    person_id = staff_id_of(by)
    if complaint.pk == into.pk:
        raise Refusal(
            "into_itself", _("This is the same complaint. Enter the reference of the other one."), field="into"
        )
    if complaint.pk in _chain(into):
        raise Refusal("circle", _("That complaint already goes on in this one."), field="into")
    if into.is_ended:
        raise Refusal(
            "into_ended", _("That complaint has ended. Merge into one that is open, or reopen it first."), field="into"
        )
    if not share_their_walls(complaint, into):
        raise Refusal(
            "walls_differ",
            _("Different people are kept away from these two complaints. Merging would lead somebody around a wall."),
            field="into",
        )
    same = is_same_person(complaint, into)
    if not same and not reason:
        raise Refusal(
            "different_people",
            _("Different people complain here. Say why one answer fits both, or link the two as joint complaints."),
            field="reason",
        )
    merging = Merging(
        complaint=complaint,
        into=into,
        reason=reason,
        is_same_person=same,
        stage_before=complaint.stage,
        stage_since_before=complaint.stage_since,
        facts_digest=digest_of(complaint),
        person_id=person_id,
        at=at,
    )
    lifecycle.take(Verb.MERGE, complaint, by=by, at=at, seen=seen, also={"merged_into": into})
    complaint.merged_into = into
    merging.save(force_insert=True)
    hold_clocks(complaint, at, merging=merging)
    record(
        events.Merged(
            complaint=complaint.subject,
            into=into.subject,
            is_same_person=same,
            held_clocks=merging.held_clocks.count(),
            facts=merging.facts_digest,
        ),
        by=by,
        at=at,
        payload={"reason": reason} if reason else None,
    )
    return merging


def _held(complaint: Complaint, into: Complaint) -> Complaint:
    """Both rows, held in one order: two people who merge the two into each other do not both succeed."""
    rows = Complaint.objects.select_for_update(no_key=True).filter(pk__in={complaint.pk, into.pk}).order_by("pk")
    fresh = {row.pk: row for row in rows}
    return fresh[into.pk]


def _chain(complaint: Complaint) -> Iterator[int]:
    """The keys of what it goes on in."""
    current = complaint.merged_into
    for _step in range(LONGEST_CHAIN):
        if current is None:
            return
        yield current.pk
        current = current.merged_into

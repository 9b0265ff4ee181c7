"""What is to be done next with a complaint: derived from where it stands, its clocks and who looks at it.

`next_steps` is a pure function of a Situation; `situation_of` finds one out. The words for people are the door's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import FilteredRelation, Q

from amends.complaints.acting import nobody_to_tell
from amends.complaints.actions.close import attempts_left, is_last_word
from amends.complaints.four_eyes import has_had_a_part
from amends.complaints.lifecycle import TOLD, Verb, steps_open_to
from amends.complaints.models import Complaint, Deadline, Finding, Issue, Party, Referral, Remedy, Response
from amends.complaints.models.complaint import Origin
from amends.complaints.outside import OWED, is_decided_outside
from amends.complaints.stages import ENDED, Stage
from amends.framework.which_packs import rules_of
from amends.people.standing import Staff

Kind = Deadline.Kind

#: A mail that confirms receipt goes out within seconds; after this long a person does it instead.
MAIL_HAD_ITS_TIME = timedelta(hours=1)
A_DAY = timedelta(days=1)


class Task(StrEnum):
    """Something that a person does next, or waits for."""

    TAKE_OVER = "take_over"
    CONFIRM_RECEIPT = "confirm_receipt"
    SEE_PERMISSION = "see_permission"
    ASSESS = "assess"
    ASSIGN = "assign"
    ANSWER_REPLY = "answer_reply"
    SEND_NEWS = "send_news"
    OPEN_INVESTIGATION = "open_investigation"
    RECORD_FINDING = "record_finding"
    LOOK_AGAIN = "look_again"
    PROPOSE = "propose"
    REVISE = "revise"
    APPROVE = "approve"
    COMMUNICATE = "communicate"
    AWAIT_ANSWER = "await_answer"
    REACH_OUT = "reach_out"
    REVIEW = "review"
    LAST_WORD = "last_word"
    PROVE = "prove"
    VERIFY = "verify"
    SEND_FILE = "send_file"
    LOOK = "look"
    RECORD_RESULT = "record_result"
    CLOSE = "close"
    NOTHING = "nothing"


#: The verb that carries a task out; a task without one is waiting.
VERB_OF: dict[Task, Verb] = {
    Task.TAKE_OVER: Verb.TAKE_OVER,
    Task.CONFIRM_RECEIPT: Verb.ACKNOWLEDGE,
    Task.SEE_PERMISSION: Verb.RECORD_AUTHORITY,
    Task.ASSESS: Verb.ASSESS,
    Task.ASSIGN: Verb.ASSIGN,
    Task.ANSWER_REPLY: Verb.WRITE_MESSAGE,
    Task.SEND_NEWS: Verb.WRITE_MESSAGE,
    Task.OPEN_INVESTIGATION: Verb.INVESTIGATE,
    Task.RECORD_FINDING: Verb.RECORD_FINDING,
    Task.LOOK_AGAIN: Verb.RECORD_FINDING,
    Task.PROPOSE: Verb.RESPOND,
    Task.REVISE: Verb.RESPOND,
    Task.APPROVE: Verb.APPROVE,
    Task.COMMUNICATE: Verb.COMMUNICATE,
    Task.REACH_OUT: Verb.ATTEMPT_CONTACT,
    Task.REVIEW: Verb.OPEN_REVIEW,
    Task.LAST_WORD: Verb.CLOSE,
    Task.PROVE: Verb.PROVE_REMEDY,
    Task.VERIFY: Verb.VERIFY_REMEDIES,
    Task.SEND_FILE: Verb.DISCLOSE,
    Task.LOOK: Verb.SET_NEXT_LOOK,
    Task.RECORD_RESULT: Verb.RECORD_RESULT,
    Task.CLOSE: Verb.CLOSE,
}

#: The clocks that a task is done against, where it is not simply the strictest one.
CLOCKS_OF: dict[Task, tuple[Kind, ...]] = {
    Task.CONFIRM_RECEIPT: (Kind.ACKNOWLEDGEMENT,),
    Task.AWAIT_ANSWER: (Kind.ANSWER,),
    Task.REACH_OUT: (Kind.ANSWER,),
    Task.PROVE: (Kind.REMEDY,),
    Task.SEND_FILE: (Kind.FILE,),
    Task.LOOK: (Kind.LOOK,),
    **dict.fromkeys(
        (
            Task.ASSESS,
            Task.ASSIGN,
            Task.OPEN_INVESTIGATION,
            Task.RECORD_FINDING,
            Task.LOOK_AGAIN,
            Task.PROPOSE,
            Task.REVISE,
            Task.APPROVE,
            Task.COMMUNICATE,
        ),
        (Kind.REVIEW, Kind.DECISION),
    ),
}


@dataclass(frozen=True)
class Situation:
    """Everything that decides what comes next. `barred_from` are tasks that need other eyes than this person's."""

    stage: Stage
    open_to: frozenset[Verb] = frozenset()
    barred_from: frozenset[Task] = frozenset()
    awaits_takeover: bool = False
    receipt_needs_person: bool = False
    permission_is_missing: bool = False
    is_dangerous: bool = False
    has_handler: bool = True
    has_new_reply: bool = False
    news_are_due: bool = False
    unanswered_points: tuple[int, ...] = ()
    points_of_earlier_round: tuple[int, ...] = ()
    was_sent_back: bool = False
    answer_is_late: bool = False
    attempts_left: int = 0
    review_is_possible: bool = True
    open_remedies: tuple[int, ...] = ()
    has_outside_result: bool = False
    has_open_orders: bool = False
    file_is_wanted: bool = False
    look_is_due: bool = False


@dataclass(frozen=True)
class NextStep:
    """One task; `number` is the point or remedy it is about. `is_mine` says whether this person can do it now."""

    task: Task
    is_mine: bool
    number: int = 0


@dataclass(frozen=True)
class Point:
    """A point of the complaint with the finding that counts now."""

    issue: Issue
    finding: Finding | None


def next_steps(situation: Situation) -> list[NextStep]:
    """The one thing to do next, and after it what else this person could do now, most pressing first.

    What somebody else has to do comes first only when there is nothing for this person.
    """
    found = list(dict.fromkeys(_in_order(situation)))
    steps = [NextStep(task, _is_mine(task, situation), number) for task, number in found]
    mine = [step for step in steps if step.is_mine]
    return mine or steps[:1]


def _is_mine(task: Task, situation: Situation) -> bool:
    verb = VERB_OF.get(task)
    return verb is not None and verb in situation.open_to and task not in situation.barred_from


def _in_order(now: Situation) -> Iterator[tuple[Task, int]]:
    """Everything that is due, most pressing first. A danger is looked at before receipt is confirmed.

    Once the decision is told, a confirmation of receipt is owed only for the record.
    """
    if now.awaits_takeover:
        yield Task.TAKE_OVER, 0
    if now.stage is Stage.RECEIVED and now.is_dangerous:
        yield Task.ASSESS, 0
    if now.receipt_needs_person and now.stage not in TOLD:
        yield Task.CONFIRM_RECEIPT, 0
    if now.has_new_reply:
        yield Task.ANSWER_REPLY, 0
    if now.news_are_due:
        yield Task.SEND_NEWS, 0
    if now.file_is_wanted:
        yield Task.SEND_FILE, 0
    if now.look_is_due:
        yield Task.LOOK, 0
    if now.stage in {Stage.RECEIVED, Stage.REOPENED}:
        yield Task.ASSESS, 0
        return
    if not now.has_handler and now.stage not in ENDED:
        yield Task.ASSIGN, 0
    yield from _at_its_stage(now)
    if now.permission_is_missing and now.stage not in ENDED | {Stage.DECIDED}:
        yield Task.SEE_PERMISSION, 0
    if now.receipt_needs_person and now.stage in TOLD:
        yield Task.CONFIRM_RECEIPT, 0


def _at_its_stage(now: Situation) -> Iterator[tuple[Task, int]]:
    if now.stage is Stage.ASSESSED:
        if now.has_handler:
            yield Task.OPEN_INVESTIGATION, 0
    elif now.stage in {Stage.INVESTIGATING, Stage.IN_REVIEW}:
        yield from _while_finding_out(now)
    elif now.stage is Stage.PROPOSED:
        yield Task.APPROVE, 0
    elif now.stage is Stage.DECIDED:
        # Without the permission of the representative, and without a way to the complainant, it cannot go out.
        yield (Task.SEE_PERMISSION if now.permission_is_missing else Task.COMMUNICATE), 0
    elif now.stage is Stage.COMMUNICATED:
        overdue = Task.REACH_OUT if now.attempts_left else Task.CLOSE
        yield (overdue if now.answer_is_late else Task.AWAIT_ANSWER), 0
    elif now.stage is Stage.REJECTED:
        yield (Task.REVIEW if now.review_is_possible else Task.LAST_WORD), 0
    elif now.stage is Stage.ACCEPTED:
        yield from ((Task.PROVE, number) for number in now.open_remedies)
        if not now.open_remedies:
            yield Task.CLOSE, 0
    elif now.stage is Stage.REMEDIED:
        yield Task.VERIFY, 0
    elif now.stage is Stage.EXTERNAL:
        if not now.has_outside_result:
            yield Task.RECORD_RESULT, 0
            return
        yield from ((Task.PROVE, number) for number in now.open_remedies)
        # What they ordered is owed; what we promised and they did not want falls away.
        if not now.has_open_orders:
            yield Task.CLOSE, 0
    elif now.stage is Stage.VERIFIED:
        yield Task.CLOSE, 0
    else:
        yield Task.NOTHING, 0


def _while_finding_out(now: Situation) -> Iterator[tuple[Task, int]]:
    yield from ((Task.RECORD_FINDING, number) for number in now.unanswered_points[:1])
    if now.unanswered_points:
        return
    if now.was_sent_back:
        yield Task.REVISE, 0
        return
    yield from ((Task.LOOK_AGAIN, number) for number in now.points_of_earlier_round[:1])
    yield Task.PROPOSE, 0


def points_of(complaint: Complaint) -> list[Point]:
    """The points in order, each with its current finding. One query."""
    current = FilteredRelation("findings", condition=Q(findings__is_current=True))
    # The relation is named here and nowhere else, so that no type knows it.
    issues: Any = Issue.objects.filter(complaint=complaint).annotate(current=current).order_by("number")
    rows = issues.select_related("category", "current", "current__cause", "current__person")
    return [Point(issue, getattr(issue, "current", None)) for issue in rows]


def situation_of(
    complaint: Complaint,
    person: Staff,
    at: datetime,
    *,
    points: Sequence[Point],
    clocks: Sequence[Deadline],
    is_small: bool,
    referral: Referral | None = None,
    remedies: Sequence[Remedy] | None = None,
) -> Situation:
    """How a complaint stands for a person. At most one query, which one depends on the stage alone.

    `clocks` are all its deadlines; the newest referral and the remedies are given where they were fetched already.
    Walls, units and parties are best fetched with the complaint.
    """
    stage = Stage(complaint.stage)
    current = {clock.kind: clock for clock in clocks if clock.is_open}
    late = current.get(Kind.ANSWER)
    decided = referral.is_decided if referral is not None else stage is Stage.EXTERNAL and is_decided_outside(complaint)
    has_outside_result = stage is Stage.EXTERNAL and decided
    if remedies is None:
        remedies = _remedies(complaint) if has_outside_result or stage in {Stage.ACCEPTED, Stage.REMEDIED} else []
    return Situation(
        stage=stage,
        open_to=frozenset(step.verb for step in steps_open_to(person, complaint)),
        barred_from=_barred(complaint, person, stage, remedies, is_small=is_small),
        awaits_takeover=complaint.origin == Origin.IMPORT and not clocks and stage not in ENDED,
        receipt_needs_person=Kind.ACKNOWLEDGEMENT in current and _needs_person(complaint, at),
        permission_is_missing=nobody_to_tell(complaint, at),
        is_dangerous=complaint.is_safety,
        has_handler=complaint.handler_id is not None,
        has_new_reply=complaint.has_new_reply,
        news_are_due=any(clock.update_wanted_at is not None and _is_ours(clock) for clock in clocks),
        unanswered_points=tuple(point.issue.number for point in points if point.finding is None),
        points_of_earlier_round=tuple(
            point.issue.number for point in points if point.finding and point.finding.round < complaint.round
        ),
        was_sent_back=stage is Stage.INVESTIGATING and _was_sent_back(complaint),
        answer_is_late=late is not None and late.due_at < at,
        attempts_left=attempts_left(complaint) if stage is Stage.COMMUNICATED else 0,
        review_is_possible=stage is Stage.REJECTED and not is_last_word(complaint, is_small=is_small),
        open_remedies=tuple(remedy.number for remedy in remedies if remedy.state == Remedy.State.PROMISED),
        has_outside_result=has_outside_result,
        has_open_orders=any(remedy.is_ordered and remedy.state in OWED for remedy in remedies),
        file_is_wanted=Kind.FILE in current,
        look_is_due=Kind.LOOK in current and current[Kind.LOOK].due_at - at < A_DAY,
    )


def _is_ours(clock: Deadline) -> bool:
    return clock.is_open and clock.owed_by == Deadline.OwedBy.ORGANISATION


def _needs_person(complaint: Complaint, at: datetime) -> bool:
    """Whether no mail will confirm receipt: nobody to mail to, it had its time, or the pack wants a person."""
    if not rules_of(complaint.pack).automatic_acknowledgement_counts:
        return True
    parties = {party.role: party for party in complaint.parties.all()}
    told = parties.get(Party.Role.REPRESENTATIVE) or parties.get(Party.Role.COMPLAINANT)
    by_mail = told is not None and bool(told.email) and told.contact_by == Party.ContactBy.EMAIL
    return complaint.is_anonymous or not by_mail or at - complaint.recorded_at > MAIL_HAD_ITS_TIME


def _remedies(complaint: Complaint) -> list[Remedy]:
    """What was promised."""
    return list(Remedy.objects.filter(complaint=complaint).order_by("number"))


def _was_sent_back(complaint: Complaint) -> bool:
    last = Response.objects.filter(complaint=complaint, round=complaint.round).order_by("-version").first()
    return last is not None and last.state == Response.State.SENT_BACK


def _barred(
    complaint: Complaint, person: Staff, stage: Stage, remedies: Sequence[Remedy], *, is_small: bool
) -> frozenset[Task]:
    """Four eyes: what this person has begun and somebody else has to finish."""
    if is_small:
        return frozenset()
    if stage is Stage.PROPOSED:
        barred = Complaint.objects.filter(has_had_a_part(person.person_id), pk=complaint.pk).exists()
        return frozenset({Task.APPROVE}) if barred else frozenset()
    if stage is Stage.REMEDIED:
        done = (remedy for remedy in remedies if remedy.state == Remedy.State.DONE)
        return frozenset({Task.VERIFY}) if any(r.proved_by_id == person.person_id for r in done) else frozenset()
    return frozenset()

"""The life cycle of a complaint in one table: verb · clause · from · to · who may.

Six readers: the guard below, the buttons, the list of available actions, the diagram in docs/lifecycle.md, the help
text, and a test that walks every stage with every verb and every member of the cast.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.complaints.models import Complaint
from amends.complaints.permissions import May
from amends.complaints.stages import OPEN, Stage
from amends.complaints.verbs import Verb as Verb
from amends.kit.refusal import Refusal
from amends.permissions import engine

S = Stage
NOTHING: frozenset[Stage] = frozenset()
EVERY: frozenset[Stage] = frozenset(Stage)
#: Where the entry counts: what is void is written to nobody and changed no more.
COUNTED = EVERY - {S.VOID}
SAME: Stage | None = None
NO_MORE: Mapping[str, object] = MappingProxyType({})

#: Stages in which the complainant has a decision in hand.
TOLD = frozenset({S.COMMUNICATED, S.ACCEPTED, S.REMEDIED, S.VERIFIED, S.REJECTED, S.IN_REVIEW, S.EXTERNAL})
FINDING_OUT = frozenset({S.INVESTIGATING, S.IN_REVIEW})
BEFORE_DECISION = frozenset({S.RECEIVED, S.ASSESSED, S.INVESTIGATING, S.REOPENED})


@dataclass(frozen=True)
class Step:
    """One row of the table. `adds` only adds a record beside the facts, so that two people may do it at once."""

    verb: Verb
    clause: str
    starts: frozenset[Stage]
    leads_to: Stage | None
    who: May
    what: str | Promise
    adds: bool = False
    is_own_consequence: bool = False


def _stages(*stages: Stage) -> frozenset[Stage]:
    return frozenset(stages)


V = Verb

LIFE_CYCLE: tuple[Step, ...] = (
    Step(V.RECEIVE, "7.2", NOTHING, S.RECEIVED, May.COMPLAIN, _("Receive a complaint")),
    Step(V.RECORD_HISTORY, "7.2", NOTHING, S.CLOSED, May.IMPORT, _("Take over a complaint from elsewhere")),
    Step(V.TAKE_OVER, "7.2", OPEN, SAME, May.TAKE_OVER, _("Start the clocks of a complaint taken over")),
    Step(V.ACKNOWLEDGE, "7.4", OPEN, SAME, May.ACKNOWLEDGE, _("Confirm receipt"), adds=True),
    Step(V.ASSIGN, "7.3", OPEN, SAME, May.ASSIGN, _("Assign")),
    Step(V.HAND_OVER, "5.4.4", OPEN, SAME, May.ASSIGN, _("Hand over to somebody who accepts it")),
    Step(V.ACCEPT_HAND_OVER, "5.4.4", OPEN, SAME, May.ANSWER_HAND_OVER, _("Accept a hand-over")),
    Step(V.DECLINE_HAND_OVER, "5.4.4", OPEN, SAME, May.ANSWER_HAND_OVER, _("Decline a hand-over")),
    Step(V.NAME_SUBJECT, "D", OPEN, SAME, May.NAME_SUBJECT, _("Name the person complained about")),
    Step(V.TELL_SUBJECT, "D", OPEN, SAME, May.TELL_SUBJECT, _("Tell the person complained about"), adds=True),
    Step(V.GIVE_DETAILS, "D", OPEN, SAME, May.TELL_SUBJECT, _("Hand over the details"), adds=True),
    Step(V.NAME_SUPPORT_PERSON, "D", OPEN, SAME, May.SPEAK_FOR_SUBJECT, _("Name who supports them"), adds=True),
    Step(V.TAKE_STATEMENT, "D", OPEN, SAME, May.SPEAK_FOR_SUBJECT, _("Take their statement"), adds=True),
    Step(
        V.TELL_SUBJECT_RESULT,
        "7.8",
        TOLD | {S.CLOSED},
        SAME,
        May.TELL_SUBJECT,
        _("Tell the person complained about the result"),
        adds=True,
    ),
    Step(
        V.REFER_TO_HR,
        "D",
        EVERY - {S.MERGED},
        SAME,
        May.TELL_SUBJECT,
        _("Note that it was passed on as a personnel matter"),
        adds=True,
    ),
    Step(V.DECLARE_CONFLICT, "4.7", EVERY, SAME, May.DECLARE_CONFLICT, _("Declare a conflict of interest")),
    Step(V.LIFT_WALL, "4.7", EVERY, SAME, May.KEEP_WALLS, _("Take a wall down again")),
    Step(V.FOLLOW_WALLS, "4.7", OPEN, SAME, May.FOLLOW_WALLS, _("Keep the walls up to date")),
    Step(V.ASSESS, "7.5", _stages(S.RECEIVED, S.REOPENED), S.ASSESSED, May.ASSESS, _("Assess")),
    Step(V.REASSESS, "7.5", OPEN - {S.RECEIVED, S.REOPENED}, SAME, May.ASSESS, _("Assess again")),
    Step(
        V.MARK_WRONG_PRIORITY,
        "7.5",
        EVERY - {S.RECEIVED},
        SAME,
        May.MARK_PRIORITY,
        _("Say that the priority was wrong"),
        adds=True,
    ),
    Step(
        V.RAISE_SIGNIFICANT,
        "5.4.1",
        OPEN,
        SAME,
        May.RAISE_SIGNIFICANT,
        _("Tell top management that it is significant"),
        adds=True,
    ),
    Step(
        V.READ_SIGNIFICANT,
        "5.4.1",
        EVERY,
        SAME,
        May.ANSWER_SIGNIFICANT,
        _("Say that you have read that it is significant"),
        adds=True,
    ),
    Step(
        V.REACT_TO_SIGNIFICANT,
        "5.4.1",
        EVERY,
        SAME,
        May.ANSWER_SIGNIFICANT,
        _("Say what is being done about a significant complaint"),
        adds=True,
    ),
    Step(V.RULE_OUT, "1", BEFORE_DECISION, S.OUT_OF_SCOPE, May.ASSESS, _("Say that it is out of scope")),
    Step(V.INVESTIGATE, "7.6", _stages(S.ASSESSED), S.INVESTIGATING, May.INVESTIGATE, _("Investigate")),
    Step(V.CHANGE_LEVEL, "7.6", FINDING_OUT, SAME, May.INVESTIGATE, _("Investigate at another level")),
    Step(V.PLAN_QUESTION, "7.6", FINDING_OUT, SAME, May.INVESTIGATE, _("Plan what to find out")),
    Step(V.ANSWER_QUESTION, "7.6", FINDING_OUT, SAME, May.INVESTIGATE, _("Answer a question of the plan")),
    Step(V.GIVE_TASK, "7.6", FINDING_OUT, SAME, May.INVESTIGATE, _("Ask somebody to help")),
    Step(V.ANSWER_TASK, "7.6", OPEN, SAME, May.ANSWER_TASK, _("Answer what one was asked"), adds=True),
    Step(V.CANCEL_TASK, "7.6", OPEN, SAME, May.INVESTIGATE, _("Cancel a task"), adds=True),
    Step(V.ADD_EVIDENCE, "7.6", OPEN, SAME, May.INVESTIGATE, _("Take in evidence")),
    Step(V.MOVE_EVIDENCE, "7.6", EVERY - {S.MERGED}, SAME, May.INVESTIGATE, _("Hand evidence over"), adds=True),
    Step(V.VERIFY_EVIDENCE, "7.6", EVERY - {S.MERGED}, SAME, May.INVESTIGATE, _("Check evidence"), adds=True),
    Step(V.RECORD_HEARING, "7.6", OPEN - {S.RECEIVED}, SAME, May.INVESTIGATE, _("Write down a talk")),
    Step(V.VERIFY_HEARING, "7.6", OPEN, SAME, May.INVESTIGATE, _("Check what somebody said"), adds=True),
    Step(V.LEAVE_UNHEARD, "D", FINDING_OUT, SAME, May.INVESTIGATE, _("Say why somebody is not heard")),
    Step(
        V.TAKE_INTERIM_MEASURE,
        "7.7",
        BEFORE_DECISION | {S.PROPOSED, S.DECIDED, S.IN_REVIEW},
        SAME,
        May.HANDLE,
        _("Do something at once"),
    ),
    Step(
        V.COMPLETE_STEP, "7.7", EVERY - {S.MERGED}, SAME, May.HANDLE, _("Note that a planned step was taken"), adds=True
    ),
    Step(V.UNDO_STEP, "7.7", EVERY - {S.MERGED}, SAME, May.HANDLE, _("Say that a step was not taken yet"), adds=True),
    Step(V.ADD_ISSUE, "7.2", BEFORE_DECISION | {S.IN_REVIEW}, SAME, May.ASSESS, _("Add a point")),
    Step(
        V.RECORD_FINDING,
        "7.6",
        _stages(S.INVESTIGATING, S.IN_REVIEW),
        SAME,
        May.INVESTIGATE,
        _("Record what was found on a point"),
    ),
    Step(V.RESPOND, "7.7", _stages(S.INVESTIGATING, S.IN_REVIEW), S.PROPOSED, May.RESPOND, _("Propose a response")),
    Step(V.SEND_BACK, "7.7", _stages(S.PROPOSED), S.INVESTIGATING, May.APPROVE, _("Send the response back")),
    Step(V.APPROVE, "7.7", _stages(S.PROPOSED), S.DECIDED, May.APPROVE, _("Approve the response")),
    Step(V.READ_NOTICE, "7.8", EVERY, SAME, May.READ, _("Say that one has read the decision"), adds=True),
    Step(V.COMMUNICATE, "7.8", _stages(S.DECIDED), S.COMMUNICATED, May.RESPOND, _("Communicate the decision")),
    Step(V.ACCEPT, "7.9", _stages(S.COMMUNICATED, S.REJECTED), S.ACCEPTED, May.ANSWER, _("Accept the decision")),
    Step(V.REJECT, "7.9", _stages(S.COMMUNICATED), S.REJECTED, May.ANSWER, _("Not agree with the decision")),
    Step(
        V.ATTEMPT_CONTACT,
        "7.9",
        OPEN,
        SAME,
        May.HANDLE,
        _("Log an attempt to reach the complainant"),
        adds=True,
    ),
    Step(V.OPEN_REVIEW, "7.9", _stages(S.REJECTED), S.IN_REVIEW, May.REVIEW, _("Start an internal review")),
    Step(V.REFER, "7.9", _stages(S.COMMUNICATED, S.REJECTED), S.EXTERNAL, May.HANDLE, _("Note an outside body")),
    Step(V.UPDATE_REFERRAL, "7.9", _stages(S.EXTERNAL), SAME, May.HANDLE, _("Add what the outside body told us")),
    Step(V.RECORD_RESULT, "7.9", _stages(S.EXTERNAL), SAME, May.HANDLE, _("Record what the outside body decided")),
    Step(V.LEAVE_REMEDY, "7.9", _stages(S.EXTERNAL), SAME, May.APPROVE, _("Say why a remedy is not carried out")),
    Step(V.SET_NEXT_LOOK, "7.9", TOLD, SAME, May.HANDLE, _("Set when somebody looks again")),
    Step(V.DISCLOSE, "4.10", EVERY, SAME, May.DISCLOSE, _("Pass something on outside"), adds=True),
    Step(V.PROVE_REMEDY, "7.9", TOLD - {S.REMEDIED, S.VERIFIED}, SAME, May.HANDLE, _("Prove a remedy")),
    Step(
        V.COMPLETE_REMEDIES,
        "7.9",
        _stages(S.ACCEPTED, S.EXTERNAL),
        S.REMEDIED,
        May.HANDLE,
        _("The last remedy was carried out"),
        is_own_consequence=True,
    ),
    Step(V.VERIFY_REMEDIES, "7.9", _stages(S.REMEDIED), S.VERIFIED, May.VERIFY, _("Verify the remedies")),
    Step(V.OPEN_REDRESS, "F", COUNTED, SAME, May.REDRESS, _("Put it right for others too"), adds=True),
    Step(V.RECORD_PROGRESS, "F", EVERY, SAME, May.REDRESS, _("Say how far a redress has come"), adds=True),
    Step(V.END_REDRESS, "F", EVERY, SAME, May.REDRESS, _("End a redress"), adds=True),
    Step(
        V.CLOSE,
        "7.9",
        _stages(S.ACCEPTED, S.VERIFIED, S.COMMUNICATED, S.REJECTED, S.EXTERNAL),
        S.CLOSED,
        May.HANDLE,
        _("Close"),
    ),
    Step(V.SETTLE_AT_ONCE, "7.9", _stages(S.RECEIVED), S.CLOSED, May.SETTLE_AT_ONCE, _("Put right on the spot")),
    Step(V.REOPEN, "7.9", _stages(S.CLOSED, S.WITHDRAWN, S.OUT_OF_SCOPE), S.REOPENED, May.REOPEN, _("Reopen")),
    Step(V.WITHDRAW, "7.9", OPEN, S.WITHDRAWN, May.WITHDRAW, _("Withdraw")),
    # It goes back to the stage that it had: the verb says which.
    Step(V.UNWITHDRAW, "7.9", _stages(S.WITHDRAWN), SAME, May.FOLLOW_UP, _("Take a withdrawal back")),
    Step(V.MERGE, "7.2", OPEN, S.MERGED, May.MERGE, _("Merge into another complaint")),
    # It goes back to the stage that it had: the verb says which.
    Step(V.UNMERGE, "7.2", _stages(S.MERGED), SAME, May.MERGE, _("Take out of the other complaint again")),
    Step(V.ASK_TO_VOID, "7.2", COUNTED - {S.MERGED}, SAME, May.ASK_TO_VOID, _("Ask that it be void"), adds=True),
    Step(V.VOID, "7.2", COUNTED - {S.MERGED}, S.VOID, May.VOID, _("Confirm that it is void")),
    Step(V.DECLINE_VOID, "7.2", COUNTED - {S.MERGED}, SAME, May.VOID, _("Say that it stands"), adds=True),
    # It goes back to the stage that it had, as above.
    Step(V.UNVOID, "7.2", _stages(S.VOID), SAME, May.VOID, _("Take up again what was void")),
    Step(V.CORRECT, "8.1", COUNTED - {S.MERGED}, SAME, May.CORRECT, _("Correct what was recorded wrongly")),
    Step(V.CONVERT, "3.6", COUNTED - {S.MERGED}, SAME, May.CONVERT, _("Change the kind")),
    Step(V.LINK, "7.2", EVERY, SAME, May.LINK, _("Link with another complaint"), adds=True),
    Step(V.UNLINK, "7.2", EVERY, SAME, May.LINK, _("Take a link with another complaint away"), adds=True),
    Step(V.WRITE_MESSAGE, "7.3", COUNTED, SAME, May.HANDLE, _("Write to the complainant"), adds=True),
    Step(V.HOLD_MESSAGE, "7.3", COUNTED, SAME, May.HANDLE, _("Write to the complainant, in ten seconds"), adds=True),
    Step(V.TAKE_BACK, "7.3", EVERY, SAME, May.HANDLE, _("Take a message back before it leaves"), adds=True),
    Step(V.QUEUE_LETTER, "7.8", COUNTED, SAME, May.KEEP_TIME, _("Put a letter on the list of letters"), adds=True),
    Step(V.PRINT_LETTER, "7.8", COUNTED, SAME, May.POST_LETTERS, _("Print a letter"), adds=True),
    Step(V.POST_LETTER, "7.8", COUNTED, SAME, May.POST_LETTERS, _("Post a letter"), adds=True),
    Step(V.REPLY, "7.3", EVERY, SAME, May.REPLY, _("Write to us"), adds=True),
    Step(V.CONFIRM_SUMMARY, "7.4", BEFORE_DECISION, SAME, May.REPLY, _("Say whether we understood it"), adds=True),
    Step(V.WRITE_NOTE, "7.3", EVERY, SAME, May.NOTE, _("Write an internal note"), adds=True),
    Step(V.TRANSLATE, "4.5", COUNTED, SAME, May.HANDLE, _("Add a translation"), adds=True),
    Step(V.RECORD_AUTHORITY, "3.1", EVERY, SAME, May.KEEP_PEOPLE, _("Record the permission of a representative")),
    Step(V.END_AUTHORITY, "3.1", EVERY, SAME, May.KEEP_PEOPLE, _("End the permission of a representative")),
    Step(V.LINK_CONTACT, "3.1", EVERY, SAME, May.KEEP_PEOPLE, _("Link with other complaints of a person"), adds=True),
    Step(V.UNLINK_CONTACT, "3.1", EVERY, SAME, May.KEEP_PEOPLE, _("Cut the link with other complaints"), adds=True),
    Step(V.RECORD_NEED, "4.5", EVERY, SAME, May.KEEP_PEOPLE, _("Agree on an adjustment"), adds=True),
    Step(V.GIVE_ADJUSTMENT, "4.5", EVERY, SAME, May.KEEP_PEOPLE, _("Note that an adjustment was given"), adds=True),
    Step(V.WITHDRAW_CONSENT, "4.10", EVERY, SAME, May.KEEP_PEOPLE, _("Take back a consent"), adds=True),
    Step(V.SHIELD, "D", EVERY, SAME, May.SHIELD, _("Keep the name of the complainant hidden")),
    Step(V.UNSHIELD, "D", EVERY, SAME, May.SHIELD, _("Show the name of the complainant again")),
    Step(V.REPORT_DETRIMENT, "D", EVERY, SAME, May.REPORT_DETRIMENT, _("Report harm for having complained"), adds=True),
    Step(V.REVEAL_IDENTITY, "4.10", EVERY, SAME, May.SEE_IDENTITY, _("Show how to reach the person"), adds=True),
    Step(V.RENEW_ACCESS_CODE, "7.3", EVERY, SAME, May.HANDLE, _("Give a new access code")),
    Step(V.ASK_FOR_CODE, "7.3", EVERY, SAME, May.ASK_FOR_CODE, _("Ask for a one-time code by e-mail"), adds=True),
    Step(V.REDEEM_CODE, "7.3", EVERY, SAME, May.FOLLOW_UP, _("Get a new access code for a one-time code"), adds=True),
    Step(V.CHANGE_CONTACT, "7.2", COUNTED, SAME, May.FOLLOW_UP, _("Change how one is reached")),
    Step(V.PAUSE, "7.3", OPEN, SAME, May.MOVE_CLOCKS, _("Let the clocks stand still")),
    Step(V.RESUME, "7.3", OPEN, SAME, May.MOVE_CLOCKS, _("Let the clocks run on")),
    Step(V.EXTEND, "7.3", OPEN, SAME, May.MOVE_CLOCKS, _("Take more time")),
    Step(V.CHANGE_PACKS, "7.3", OPEN, SAME, May.CHANGE_RULES, _("Apply other rules")),
    Step(V.REMIND, "7.3", OPEN, SAME, May.KEEP_TIME, _("Remind of a deadline"), adds=True),
    Step(V.REMIND_OF, "7.3", OPEN, SAME, May.KEEP_TIME, _("Remind of what waits for somebody"), adds=True),
    Step(V.WANT_UPDATE, "7.3", OPEN, SAME, May.KEEP_TIME, _("Ask for news to the complainant"), adds=True),
    Step(V.OVERDUE, "7.3", OPEN, SAME, May.KEEP_TIME, _("Note that a deadline has passed"), adds=True),
    Step(V.LAPSE, "7.9", OPEN, SAME, May.KEEP_TIME, _("Note that the time is over"), adds=True),
    Step(V.DEEM, "7.9", OPEN, SAME, May.KEEP_TIME, _("Note what silence counts as"), adds=True),
    Step(V.ESCALATE, "7.3", OPEN, SAME, May.KEEP_TIME, _("Tell the next level"), adds=True),
    Step(V.RESUME_BY_ITSELF, "7.3", OPEN, SAME, May.KEEP_TIME, _("The clocks run on by themselves"), adds=True),
    Step(V.MOVE_DEADLINES, "7.3", OPEN, SAME, May.KEEP_TIME, _("Count deadlines again"), adds=True),
)

_BY_VERB: dict[Verb, Step] = {step.verb: step for step in LIFE_CYCLE}


def step_of(verb: Verb) -> Step:
    """The row of a verb."""
    return _BY_VERB[verb]


def take(
    verb: Verb,
    complaint: Complaint,
    *,
    by: engine.Person,
    at: datetime,
    seen: int | None = None,
    back_to: tuple[Stage, datetime] | None = None,
    also: Mapping[str, object] = NO_MORE,
) -> None:
    """Ask the table, and move the complaint by compare-and-set. Nothing has changed when it raises.

    `seen` is the version that the person had before their eyes; without it, the one that was loaded. `back_to` gives a
    complaint the stage, and the moment it was reached, that it had before; `also` are columns that change with the
    stage. Refusals: `not_permitted`, `not_at_this_stage`, `stale`.
    """
    check(verb, complaint, by=by)
    step = _BY_VERB[verb]
    if step.adds:
        return
    version = complaint.version if seen is None else seen
    changes: dict[str, object] = {**also, "version": F("version") + 1}
    stage, since = back_to or (step.leads_to, at)
    if stage is not None:
        changes |= {"stage": stage.value, "stage_since": since}
    rows = Complaint.objects.filter(pk=complaint.pk, version=version, stage__in=[stage.value for stage in step.starts])
    if rows.update(**changes) != 1:
        current = Complaint.objects.filter(pk=complaint.pk).values_list("stage", flat=True).first()
        if current is not None and Stage(current) not in step.starts:
            raise _not_now(complaint)
        raise Refusal(
            "stale",
            _("Somebody else has changed this complaint meanwhile. Compare both versions and save again."),
            facts={"seen": version},
        )
    complaint.version = version + 1
    if stage is not None:
        complaint.stage, complaint.stage_since = stage.value, since


def check(verb: Verb, complaint: Complaint, *, by: engine.Person) -> None:
    """Refuse with `not_permitted` or `not_at_this_stage` what the table does not allow this person now."""
    step = _BY_VERB[verb]
    if not step.is_own_consequence:
        engine.require(by, step.who, complaint)
    if Stage(complaint.stage) not in step.starts:
        raise _not_now(complaint)


def _not_now(complaint: Complaint) -> Refusal:
    return Refusal(
        "not_at_this_stage",
        _("This is not possible at the stage the complaint has reached. Open it again to see what is possible now."),
        facts={"stage": complaint.stage},
    )


def steps_open_to(person: engine.Person, complaint: Complaint) -> list[Step]:
    """The rows that this person could take now, as far as the table can tell."""
    stage = Stage(complaint.stage)
    return [
        step
        for step in LIFE_CYCLE
        if stage in step.starts and not step.is_own_consequence and engine.may(person, step.who, complaint)
    ]


def verbs_from(stage: Stage) -> Iterable[Step]:
    """The rows that begin at a stage, for the diagram and the help text."""
    return (step for step in LIFE_CYCLE if stage in step.starts)

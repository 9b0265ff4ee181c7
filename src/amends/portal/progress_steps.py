"""The progress list of the tracking page: what is done, what is going on, what is still to come, with dates."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints import events
from amends.complaints.models import Deadline
from amends.complaints.stages import ENDED, Stage
from amends.journal.vocabulary import Event
from amends.portal.facts import Facts
from amends.portal.timing import UNDECIDED
from amends.ui import formatting
from amends.ui.parts import State, Step


@dataclass(frozen=True)
class Milestone:
    """A step of the list: the event that reaches it, the clock that runs for it, and its title while it is going on."""

    key: str
    title: str | Promise
    reached_by: type[Event]
    clock: Deadline.Kind | None = None
    is_usual: bool = True
    meanwhile: str | Promise = ""


_LOOKING = gettext_lazy("Looking into it")
_PUTTING = gettext_lazy("Putting it right")
MILESTONES = (
    Milestone("received", gettext_lazy("Received"), events.Received),
    Milestone("confirmed", gettext_lazy("Confirmed"), events.Acknowledged, Deadline.Kind.ACKNOWLEDGEMENT),
    Milestone("assessed", gettext_lazy("Urgency assessed"), events.Assessed),
    Milestone(
        "looked", gettext_lazy("Looked into"), events.InvestigationOpened, meanwhile=gettext_lazy("Looking into it")
    ),
    Milestone("decision", gettext_lazy("Decision"), events.Communicated, Deadline.Kind.DECISION),
    Milestone(
        "again",
        gettext_lazy("Looked at again"),
        events.ReviewOpened,
        Deadline.Kind.REVIEW,
        is_usual=False,
        meanwhile=gettext_lazy("Looking at it again"),
    ),
    Milestone("outside", gettext_lazy("With an outside body"), events.Referred, is_usual=False),
    Milestone("settled", gettext_lazy("Put right"), events.Accepted, is_usual=False, meanwhile=_PUTTING),
)

#: What is going on at each stage that has not ended.
NOW: dict[Stage, str] = {
    Stage.RECEIVED: "assessed",
    Stage.ASSESSED: "looked",
    Stage.INVESTIGATING: "looked",
    Stage.REOPENED: "looked",
    Stage.PROPOSED: "decision",
    Stage.DECIDED: "decision",
    Stage.COMMUNICATED: "decision",
    Stage.REJECTED: "decision",
    Stage.IN_REVIEW: "again",
    Stage.EXTERNAL: "outside",
    Stage.ACCEPTED: "settled",
    Stage.REMEDIED: "settled",
    Stage.VERIFIED: "settled",
}
_ENDS: dict[Stage, tuple[str | Promise, type[Event] | None]] = {
    Stage.CLOSED: (gettext_lazy("Closed"), events.Closed),
    Stage.WITHDRAWN: (gettext_lazy("Withdrawn"), events.Withdrawn),
    Stage.OUT_OF_SCOPE: (gettext_lazy("Not for us to decide"), events.RuledOut),
    Stage.MERGED: (gettext_lazy("Handled with another complaint"), None),
    Stage.VOID: (gettext_lazy("Set aside"), None),
}


def steps_of(facts: Facts) -> list[Step]:
    """The list. A complaint that ended shows only what happened, and how it ended."""
    stage = Stage(facts.complaint.stage)
    current = _current(facts, stage)
    keys = [milestone.key for milestone in MILESTONES]
    steps = []
    for milestone in MILESTONES:
        happened = _happened(facts, milestone)
        if happened is None and (stage in ENDED or not milestone.is_usual):
            continue
        if happened is None and milestone.key == "confirmed" and stage not in UNDECIDED:
            continue  # who has our decision needs no confirmation any more
        is_past = stage in ENDED or keys.index(milestone.key) < keys.index(current)
        state: State = "now" if milestone.key == current else "done" if is_past and happened else "ahead"
        title = milestone.meanwhile if state == "now" and milestone.meanwhile else milestone.title
        steps.append(Step(title, state, _note(facts, milestone, state, happened)))
    return [*steps, _end(facts, stage)]


def _current(facts: Facts, stage: Stage) -> str:
    if stage in ENDED:
        return ""
    current = NOW[stage]
    if stage is Stage.RECEIVED and not _is_confirmed(facts):
        return "confirmed"
    if stage in {Stage.PROPOSED, Stage.DECIDED} and facts.happened.has(events.ReviewOpened):
        return "again"
    return current


def _is_confirmed(facts: Facts) -> bool:
    """Where the rules want a person to confirm it, what goes out by itself is not enough."""
    is_owed = facts.clocks.strictest(Deadline.Kind.ACKNOWLEDGEMENT) is not None
    return facts.happened.has(events.Acknowledged) and not (is_owed and facts.complaint.round == 1)


def _happened(facts: Facts, milestone: Milestone) -> datetime | None:
    if milestone.key == "received":
        return facts.complaint.received_at
    if milestone.key == "confirmed" and not _is_confirmed(facts):
        return None
    if milestone.key == "decision":
        return facts.happened.began(milestone.reached_by)
    return facts.happened.latest(milestone.reached_by)


def _note(facts: Facts, milestone: Milestone, state: State, happened: datetime | None) -> str:
    if milestone.key == "looked" and happened is not None:
        return _("Started %(day)s") % {"day": formatting.day(happened)}
    running = facts.clocks.strictest(milestone.clock) if milestone.clock else None
    if happened is not None and not (running and state == "now"):
        return formatting.day(happened)
    return _by_when(running) if running is not None else ""


def _by_when(deadline: Deadline) -> str:
    if deadline.overdue_at is None:
        return _("By %(day)s") % {"day": formatting.day(deadline.due_at)}
    if deadline.promised_at is not None:
        return _("Late, by %(day)s") % {"day": formatting.day(deadline.promised_at)}
    return _("Late, was due on %(day)s") % {"day": formatting.day(deadline.due_at)}


def _end(facts: Facts, stage: Stage) -> Step:
    if stage not in ENDED:
        return Step(_("Closed"), "ahead", _("When you accept, or after a review"))
    title, event = _ENDS[stage]
    ended = (facts.happened.latest(event) if event else None) or facts.complaint.stage_since
    return Step(title, "done", formatting.day(ended))

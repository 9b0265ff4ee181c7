"""The next step in words: one sentence, one button, and at most one other."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.complaints.models import Deadline
from amends.complaints.next_step import CLOCKS_OF, NextStep, Point, Task, next_steps, situation_of
from amends.complaints.stages import Stage
from amends.ui import formatting
from amends.ui.formatting import TimeLeft
from amends.workspace.complaint.opening import Case
from amends.workspace.complaint.outside import Taken

Words = str | Promise


#: Leads to the next step from wherever one stands on the page.
KEY = "S"

#: Tasks whose sentence has the name in its middle.
_NAME_INSIDE = (Task.CONFIRM_RECEIPT, Task.SEND_NEWS)


@dataclass(frozen=True)
class NextCard:
    """What `ui/components/next_step.html` is given."""

    sentence: Words
    due: TimeLeft | None = None
    text: Words = ""
    href: str = ""
    key: str = ""
    other_text: Words = ""
    other_href: str = ""
    note: Words = ""


def next_card(case: Case, points: Sequence[Point], clocks: Sequence[Deadline], taken: Taken) -> NextCard:
    """The card for this person. At most one query, depending on the stage alone."""
    situation = situation_of(
        case.complaint,
        case.actor,
        case.now,
        points=points,
        clocks=clocks,
        is_small=case.organisation.is_small,
        referral=taken.referral,
        remedies=taken.remedies,
    )
    steps = next_steps(situation)
    step = steps[0]
    clock = _clock_of(step, clocks)
    due = formatting.until(clock.due_at, case.now) if clock else None
    note = _note(clock) if clock else ""
    if not step.is_mine:
        other = _answer_button(case) if step.task is Task.AWAIT_ANSWER and "accept" in case.open_to else ("", "")
        return NextCard(_waiting(step, case), due, other_text=other[0], other_href=other[1], note=note)
    text, href, key = _button(step, case)
    other = _button(steps[1], case)[:2] if len(steps) > 1 else ("", "")
    # What they wrote may be their answer to the decision.
    may_be_answer = step.task is Task.ANSWER_REPLY and Stage(case.complaint.stage) is Stage.COMMUNICATED
    if (step.task is Task.REACH_OUT or may_be_answer) and "accept" in case.open_to:
        other = _answer_button(case)
    elif step.task is Task.LAST_WORD and "refer" in case.open_to:
        other = (_("Note an outside body"), case.at("referral"))
    return NextCard(_sentence(step, case), due, text, href, key or KEY, other[0], other[1], note)


def _clock_of(step: NextStep, clocks: Sequence[Deadline]) -> Deadline | None:
    """The deadline against which a task is done."""
    kinds = CLOCKS_OF.get(step.task, tuple(Deadline.Kind))
    for clock in clocks:
        if not clock.is_open or clock.kind not in kinds or (step.task is Task.PROVE and clock.number != step.number):
            continue
        if step.task is not Task.SEND_NEWS or clock.update_wanted_at is not None:
            return clock
    return None


def _note(clock: Deadline) -> Words:
    """What one has to know about its date."""
    if clock.is_paused:
        return _("The clock stands still. The date is the latest that it can be.")
    if clock.overdue_at is not None and clock.promised_at is not None:
        return _("Late. New date promised: %(day)s.") % {"day": formatting.day(clock.promised_at)}
    return ""


def _answer_button(case: Case) -> tuple[Words, str]:
    return _("Record their answer"), case.at("decision")


def _sentence(step: NextStep, case: Case) -> Words:
    sentences: dict[Task, str] = {
        Task.TAKE_OVER: _("This complaint came from another system. Take it over, and its clocks start."),
        Task.CONFIRM_RECEIPT: _("Receipt is not confirmed yet. Tell %(name)s that we have the complaint."),
        Task.SEE_PERMISSION: _("%(name)s acts for somebody and has no permission. Ask for it: news wait until then."),
        Task.ASSESS: _("Assess how serious this is, and decide who handles it."),
        Task.ASSIGN: _("Nobody handles this yet. Choose somebody."),
        Task.ANSWER_REPLY: _("%(name)s has written. Read it and answer."),
        Task.SEND_NEWS: _("It is time to tell %(name)s where the complaint stands."),
        Task.OPEN_INVESTIGATION: _("Open the investigation."),
        Task.RECORD_FINDING: _("Find out about point %(number)s and record what you found."),
        Task.LOOK_AGAIN: _("Look at point %(number)s with fresh eyes and record what you found."),
        Task.PROPOSE: _("Every point has a finding. Propose a response."),
        Task.REVISE: _("The response came back with a comment. Change it and propose it again."),
        Task.APPROVE: _("A response waits for your decision: approve it or send it back."),
        Task.COMMUNICATE: _("The decision is made. Read the letter and send it."),
        Task.REACH_OUT: _("%(name)s has not answered in time. Silence is not acceptance: try to reach them."),
        Task.REVIEW: _("%(name)s does not agree. Choose somebody who did not decide before to look at it again."),
        Task.LAST_WORD: _(
            "%(name)s does not agree, and nobody here can review it again. Note an outside body or close."
        ),
        Task.PROVE: _("Remedy %(number)s is promised. Carry it out and add the proof."),
        Task.VERIFY: _("Everything promised is carried out. Check the proofs."),
        Task.SEND_FILE: _("The outside body wants our file. Pass it on, with the ground."),
        Task.LOOK: _("It is the day to look how it stands outside. Write down what you found, and when to look again."),
        Task.RECORD_RESULT: _("An outside body has the complaint. Record what it decides."),
        Task.CLOSE: _("Nothing more is owed. Close the complaint."),
    }
    if step.task is Task.CLOSE and Stage(case.complaint.stage) is Stage.COMMUNICATED:
        return _("Nobody answered after repeated attempts. You can close the complaint for that reason.")
    if step.task is Task.PROVE and Stage(case.complaint.stage) is Stage.EXTERNAL:
        return _("Remedy %(number)s is open. Carry it out and add the proof.") % {"number": step.number}
    named = case.recipient if step.task in _NAME_INSIDE else case.recipient_first
    return sentences[step.task] % {"name": named, "number": step.number}


def _waiting(step: NextStep, case: Case) -> Words:
    """What somebody else has to do, or nobody."""
    if step.task is Task.AWAIT_ANSWER:
        return _("The decision is with %(name)s. We wait for the answer.") % {"name": case.recipient}
    if step.task is Task.NOTHING:
        return _("Nothing more is due.")
    if step.task is Task.APPROVE:
        return _("The response waits for approval by somebody who did not write it or decide before.")
    if step.task is Task.VERIFY:
        return _("The proofs wait for somebody who did not give them.")
    waits: dict[Task, str] = {
        Task.TAKE_OVER: _("The complaint waits for a handler to take it over."),
        Task.CONFIRM_RECEIPT: _("Receipt has to be confirmed by somebody of the unit."),
        Task.SEE_PERMISSION: _("Whoever acts for the complainant has no permission. News wait until then."),
        Task.ASSESS: _("The complaint waits for its assessment."),
        Task.ASSIGN: _("The complaint waits for a handler."),
        Task.ANSWER_REPLY: _("A reply waits for an answer."),
        Task.SEND_NEWS: _("The complainant has to hear where the complaint stands."),
        Task.OPEN_INVESTIGATION: _("The investigation has not begun."),
        Task.COMMUNICATE: _("The decision is made and waits to be sent."),
        Task.REVIEW: _("The complainant does not agree. A review has to be started by those who lead or decide."),
        Task.LAST_WORD: _("The complainant does not agree, and nobody here can review it again."),
        Task.PROVE: _("Something promised is not carried out yet."),
        Task.REACH_OUT: _("The complainant has not answered in time and has to be reached."),
        Task.SEND_FILE: _("The outside body waits for our file."),
        Task.LOOK: _("Somebody has to look how it stands outside."),
        Task.RECORD_RESULT: _("An outside body has the complaint."),
        Task.CLOSE: _("Nothing more is owed. The complaint can be closed."),
    }
    return waits.get(step.task, _("The investigation is under way."))


def _button(step: NextStep, case: Case) -> tuple[Words, str, str]:
    """Text, address and key of the button that leads to a task."""
    buttons: dict[Task, tuple[str, str, str]] = {
        Task.TAKE_OVER: (_("Take over"), "takeover", ""),
        Task.CONFIRM_RECEIPT: (_("Confirm receipt"), "acknowledgement", ""),
        Task.SEE_PERMISSION: (_("Record the permission"), "authority", ""),
        Task.ASSESS: (_("Assess"), "assessment", ""),
        Task.ASSIGN: (_("Assign"), "assignment", ""),
        Task.OPEN_INVESTIGATION: (_("Open the investigation"), "investigation", ""),
        Task.PROPOSE: (_("Write the response"), "response", ""),
        Task.REVISE: (_("Change the response"), "response", ""),
        Task.APPROVE: (_("Decide"), "approval", ""),
        Task.COMMUNICATE: (_("Read and send"), "communication", ""),
        Task.REACH_OUT: (_("Log an attempt"), "attempts", ""),
        Task.REVIEW: (_("Start a review"), "review", ""),
        Task.LAST_WORD: (_("Close"), "closure", ""),
        Task.VERIFY: (_("Check the proofs"), "verification", ""),
        Task.SEND_FILE: (_("Pass on the file"), "disclosures", ""),
        Task.LOOK: (_("Write down how it stands"), "next_look", ""),
        Task.RECORD_RESULT: (_("Record the result"), "result", ""),
        Task.CLOSE: (_("Close"), "closure", ""),
    }
    if step.task is Task.SEND_NEWS:
        return _("Write message"), f"{case.at()}#composer", ""
    if step.task is Task.ANSWER_REPLY:
        return _("Write reply"), f"{case.at()}#composer", ""
    if step.task in {Task.RECORD_FINDING, Task.LOOK_AGAIN}:
        return _("Record a finding"), case.at("finding", number=step.number), ""
    if step.task is Task.PROVE:
        return _("Prove remedy %(number)s") % {"number": step.number}, case.at("proof", number=step.number), ""
    text, name, key = buttons[step.task]
    return text, case.at(name), key

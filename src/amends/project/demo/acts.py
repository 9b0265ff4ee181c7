"""What happens to a complaint of the demonstration, act by act. Each calls one verb (or a few of the same kind)."""

from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects

from amends.complaints import actions
from amends.complaints.actions.assess import Judgement
from amends.complaints.actors import VISITOR, Complainant, Visitor
from amends.complaints.deadlines import running
from amends.complaints.intake import Intake
from amends.complaints.models import Acknowledgement, Complaint, Deadline, Issue, ScopeDecision
from amends.complaints.models.complaint import Pattern, Precision
from amends.correspondence.models.message import Channel
from amends.framework.matrix import matrix_now
from amends.kit.text import shortened
from amends.people.standing import SYSTEM, Staff
from amends.project.demo import roster
from amends.project.demo.case import Case
from amends.project.demo.telling import phrases

How = Acknowledgement.How
HOW_BY_CHANNEL = {Channel.PHONE: How.PHONE, Channel.POST: How.POST, Channel.IN_PERSON: How.IN_PERSON}


def receive(case: Case, at: datetime) -> None:
    """From the public form, or written down by the front line."""
    by: Visitor | Staff = VISITOR
    facts: dict[str, Any] = {}
    if case.is_by_staff:
        by = case.staff(case.rng.choice(roster.RECORDERS))
        facts = {"unit": case.world.products[case.story.product].lead_unit}
        if case.channel == Channel.POST:
            local = at.astimezone(case.world.organisation.zone)
            midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
            facts |= {"received_at": midnight, "received_precision": Precision.DAY}
    elif case.persona.is_anonymous:
        by = Visitor(is_anonymous=True)
    case.found = actions.receive(_intake(case, facts), token=case.token, by=by, at=at).complaint
    _know_by_heart(case)


def receive_and_settle(case: Case, at: datetime) -> None:
    """A small matter, put right while the complainant is there: it is recorded all the same."""
    by = case.staff(case.rng.choice(roster.RECORDERS))
    quick = _intake(case, {"unit": case.world.products[case.story.product].lead_unit})
    done = case.phrase("quick")
    case.found = actions.resolve_on_the_spot(quick, done=done, token=case.token, by=by, at=at).complaint
    _know_by_heart(case)


def _know_by_heart(case: Case) -> None:
    """Load once what every verb asks for and what does not change: a twentieth of all queries."""
    prefetch_related_objects([case.complaint], "parties", *(() if case.subject else ("walls",)))


def _intake(case: Case, facts: dict[str, Any]) -> Intake:
    persona, story, rng = case.persona, case.story, case.rng
    picked = case.chance(0.75)
    claims = story.claims and case.chance(0.8)
    return Intake(
        text=case.text,
        title=case.title,
        language=case.language,
        channel=case.channel,
        product=case.world.products[story.product],
        category=case.world.categories[story.first.category] if picked else None,
        site=case.told("site") if case.chance(0.8) else "",
        order_reference=persona.number if case.chance(0.5) and not persona.is_anonymous else "",
        occurred_text=case.phrase("periods") if case.chance(0.15) else "",
        said_danger=story.is_safety and case.chance(0.7),
        remedy_wanted=story.wanted[: rng.randrange(len(story.wanted) + 1)],
        remedy_wanted_text=case.phrase("wishes") if case.chance(0.35) else "",
        amount_claimed=persona.cents if claims else None,
        currency=case.world.organisation.currency,
        complainant=persona.contact,
        representative=persona.representative,
        is_anonymous=persona.is_anonymous,
        files=case.files,
        form_version=1,
        **facts,
    )


def acknowledge_by_itself(case: Case, at: datetime) -> None:
    """What the reaction does: by mail where there is an address, otherwise the confirmation page counts."""
    has_mail = bool(_spoken_to(case).email)
    actions.acknowledge(case.complaint, how=How.EMAIL if has_mail else How.PAGE, by=SYSTEM, at=at)


def _spoken_to(case: Case) -> Any:
    acting = case.persona.representative
    return acting.contact if acting else case.persona.contact


def confirm(case: Case, at: datetime) -> None:
    """The handler confirms receipt to somebody who could not be told by mail."""
    how = HOW_BY_CHANNEL.get(Channel(case.channel), How.PHONE)
    note = case.phrase("confirming") if case.chance(0.5) else ""
    actions.acknowledge(case.complaint, how=how, by=case.staff(case.handler), at=at, note=note)


def assign(case: Case, at: datetime) -> None:
    """The manager of the unit gives it to a handler; somebody complained about is walled off first."""
    if case.subject:
        recorder = case.staff(roster.RECORDERS[0])
        actions.name_subject(case.complaint, case.person(case.subject), by=recorder, at=at)
    by = case.staff("kadri" if case.subject or case.chance(0.1) else case.team.manager)
    actions.assign(case.complaint, case.person(case.handler), unit=case.unit, by=by, at=at)


def assess(case: Case, at: datetime) -> None:
    """Severity, impact, priority; what else was complained about becomes a point of its own."""
    story, by = case.story, case.staff(case.handler)
    severity = story.severity
    if case.chance(0.2):
        severity = min(4, max(1, severity + case.rng.choice([-1, 1])))
    suggested = matrix_now().priority(severity, max(story.impacts), is_safety=story.is_safety)
    other = suggested > 1 and case.chance(0.06)
    complainant, others, organisation = story.impacts
    judgement = Judgement(
        severity=severity,
        is_safety=story.is_safety,
        complexity=story.complexity,
        impact_complainant=complainant,
        impact_others=others,
        impact_organisation=organisation,
        immediate_needed=story.is_safety,
        immediate_possible=story.is_safety,
        immediate_action=case.phrase("immediate") if story.is_safety else "",
        compensation_likely=any(offer.most or offer.whole for offer in story.offers),
        priority=suggested - 1 if other else None,
        priority_reason=case.phrase("priority") if other else "",
        pattern=case.rng.choices(Pattern.values, weights=[50, 30, 15, 5])[0],
        note=case.phrase("judging") if case.chance(0.25) else "",
        category=case.world.categories[story.first.category],
        is_about_process=story.is_about_process,
    )
    actions.assess(case.complaint, judgement, by=by, at=at)
    if case.points > 1:
        category = case.world.categories[story.second.category]
        actions.add_issue(case.complaint, summary=case.second_told("title"), category=category, by=by, at=at)
    if case.points > 2:
        title = phrases(case.language)["third"]["title"]
        actions.add_issue(
            case.complaint, summary=title, category=case.world.categories["commitments-broken"], by=by, at=at
        )


def investigate(case: Case, at: datetime) -> None:
    """The handler opens the investigation."""
    actions.investigate(case.complaint, by=case.staff(case.handler), at=at)


def ask(case: Case, at: datetime) -> None:
    """A question that the complainant has to answer."""
    text = case.phrase("asking").replace("{question}", case.told("question"))
    actions.write_message(case.complaint, text=text, by=case.staff(case.handler), at=at, needs_reply=True)


def answer(case: Case, at: datetime) -> None:
    """The complainant answers the question."""
    _say(case, case.told("reply"), at)


def inform(case: Case, at: datetime) -> None:
    """The handler says how far it is."""
    actions.write_message(case.complaint, text=case.phrase("informing"), by=case.staff(case.handler), at=at)


def take_more_time(case: Case, at: datetime) -> None:
    """The handler sees that it takes longer, and says so before the date: why, and until when."""
    deadline = next((each for each in running(case.complaint, [Deadline.Kind.DECISION])), None)
    if deadline is None or deadline.is_paused or deadline.due_at <= at:
        return
    by, reason = case.staff(case.handler), case.phrase("longer")
    deadline.complaint = case.complaint
    actions.extend(deadline, reason=reason, by=by, at=at, channel=way_of(case))


def nudge(case: Case, at: datetime) -> None:
    """The complainant asks how far it is, or adds something."""
    _say(case, case.phrase("nudging"), at)


def note(case: Case, at: datetime) -> None:
    """Something among ourselves."""
    actions.write_note(case.complaint, text=case.told("note"), by=case.staff(case.handler), at=at)


def _say(case: Case, text: str, at: datetime) -> None:
    """By the complainant on the tracking page, or on the telephone to the handler."""
    actions.reply(case.complaint, text=text, by=speaker(case), at=at, channel=way_of(case))


def speaker(case: Case) -> Complainant | Staff:
    """Who enters what the complainant says: themselves, or the handler who hears it."""
    return case.complainant if case.answers_online else case.staff(case.handler)


def way_of(case: Case) -> str:
    """The way on which complainant and handler talk."""
    return case.channel if case.channel != Channel.IN_PERSON else Channel.PHONE


def issues(complaint: Complaint) -> list[Issue]:
    """The points of a complaint, in order."""
    return list(Issue.objects.filter(complaint=complaint).order_by("number"))


def rule_out(case: Case, at: datetime) -> None:
    """Not ours: with the reason and where to go instead."""
    by = case.staff(case.handler)
    actions.write_note(case.complaint, text=case.told("note"), by=by, at=at)
    reason = ScopeDecision.Reason(case.story.out_of_scope)
    actions.rule_out(case.complaint, reason=reason, where_to_go=case.told("where_to_go"), by=by, at=at)


def withdraw(case: Case, at: datetime) -> None:
    """The complainant does not want to go on."""
    reason = shortened(case.phrase("withdrawing"), 200)
    actions.withdraw(case.complaint, reason=reason, by=speaker(case), at=at)

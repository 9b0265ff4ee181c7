"""From the findings to the end: further acts on a complaint of the demonstration."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from amends.complaints import actions
from amends.complaints.actions.record_finding import Conclusion
from amends.complaints.actions.record_hearing import Talk
from amends.complaints.actions.respond import PromisedRemedy, Proposal
from amends.complaints.models import Closure, Finding, Hearing, Party, Referral, Remedy
from amends.complaints.models.subject_rights import How
from amends.complaints.stages import Stage
from amends.correspondence.models.message import Channel
from amends.people.standing import Staff
from amends.project.demo import roster
from amends.project.demo.acts import issues, speaker, way_of
from amends.project.demo.case import Case
from amends.project.demo.telling import phrases

Result = Finding.Result

#: What each of the sentences about an outside body's decision says, in their order.
OUTSIDE = (Referral.Outcome.NOT_UPHELD, Referral.Outcome.PARTLY, Referral.Outcome.SETTLED)


def find(case: Case, at: datetime) -> None:
    """A finding on each point, when both sides were heard."""
    if case.subject:
        _hear_the_other_side(case, at)
    for place, issue in enumerate(issues(case.complaint)):
        point = case.story.first if place == 0 else case.story.second
        if place == 0:
            result, cause, reasons, facts = point.result, point.cause, case.told("finding"), case.told("facts")
        elif place == 1:
            result, cause, reasons, facts = point.result, point.cause, case.second_told("finding"), ""
        else:
            result, cause, facts = Result.UPHELD, "person", ""
            reasons = phrases(case.language)["third"]["finding"]
        conclusion = Conclusion(
            result=Result(result),
            reasons=reasons,
            facts=facts,
            cause=case.world.causes[cause],
            complainant_heard=case.chance(0.7),
            other_side_heard=case.chance(0.5),
        )
        by = case.staff(case.handler)
        actions.record_finding(case.complaint, issue, conclusion, by=by, at=at)


def _hear_the_other_side(case: Case, at: datetime) -> None:
    """Whoever is complained about is told, gets the details, and says what happened; it is read back to them."""
    by, party = case.staff(case.handler), Party.objects.get(complaint=case.complaint, role=Party.Role.SUBJECT)
    actions.tell_subject(case.complaint, party, how=How.TALK, by=by, at=at)
    actions.give_details(case.complaint, party, text=case.told("facts"), how=How.TALK, by=by, at=at)
    talk = Talk(
        side=Hearing.Side.SUBJECT,
        how=Hearing.How.IN_PERSON,
        held_on=at.date(),
        record=case.told("finding"),
        party=party,
        is_read_back=True,
        is_confirmed=True,
    )
    actions.record_hearing(case.complaint, talk, by=by, at=at)


def respond(case: Case, at: datetime) -> None:
    """The handler proposes what to answer and what to do."""
    proposal = Proposal(
        summary=case.told("summary"),
        reasons=case.told("reasons"),
        language=case.language,
        prevention=case.told("prevention"),
        remedies=_promises(case, at),
        difference_reason=case.phrase("differing"),
    )
    actions.respond(case.complaint, proposal, by=case.staff(case.handler), at=at)


def _promises(case: Case, at: datetime) -> tuple[PromisedRemedy, ...]:
    promised = []
    for place, offer in enumerate(case.story.offers):
        kind, cents = case.world.remedies[offer.kind], case.cents_of(offer)
        promised.append(
            PromisedRemedy(
                kind=kind,
                description=case.offer_text(place),
                due_on=_due_on(case, at),
                amount=cents if kind.is_money else None,
                value=cents or case.persona.cents if kind.has_value else None,
                currency=case.world.organisation.currency,
            )
        )
    return tuple(promised)


def _due_on(case: Case, at: datetime) -> date:
    zone = case.world.organisation.zone
    if case.remedy_due is not None:
        least, most = case.remedy_due
        return case.now.astimezone(zone).date() + timedelta(days=case.rng.randint(least, most))
    return at.astimezone(zone).date() + timedelta(days=case.rng.randint(16, 30))


def send_back(case: Case, at: datetime) -> None:
    """The decision maker wants it better."""
    actions.send_back(case.complaint, comment=case.phrase("sending_back"), by=_decider(case), at=at)


def approve(case: Case, at: datetime) -> None:
    """A second person makes it our decision; in a later round somebody who did not decide before."""
    comment = case.phrase("approving") if case.chance(0.4) else ""
    actions.approve(case.complaint, comment=comment, by=_decider(case), at=at)


def _decider(case: Case) -> Staff:
    return case.staff(case.team.decider if case.round == 1 else roster.SECOND_DECIDER)


def communicate(case: Case, at: datetime) -> None:
    """The decision goes out with its letter."""
    channel = Channel.POST if case.channel == Channel.POST else Channel.PORTAL
    actions.communicate(case.complaint, channel=channel, by=case.staff(case.handler), at=at)


def accept(case: Case, at: datetime) -> None:
    """The complainant accepts, and sometimes says thank you."""
    actions.accept(case.complaint, channel=way_of(case), by=speaker(case), at=at)
    if case.chance(0.2):
        words = case.phrase("thanks")
        actions.reply(case.complaint, text=words, by=speaker(case), at=at, channel=way_of(case))


def reject(case: Case, at: datetime) -> None:
    """The complainant does not agree, nearly always with a reason."""
    reason = case.told("disagree") if case.chance(0.9) else ""
    actions.reject(case.complaint, reason=reason, channel=way_of(case), by=speaker(case), at=at)


def attempt(case: Case, at: datetime) -> None:
    """The handler tries to reach somebody who does not answer."""
    channel = case.rng.choice([Channel.PHONE, Channel.EMAIL, Channel.POST])
    by = case.staff(case.handler)
    actions.attempt_contact(case.complaint, channel=channel, note=case.phrase("attempting"), by=by, at=at)


def open_review(case: Case, at: datetime) -> None:
    """The management representative has it looked at again, by a manager who did not decide."""
    reviewer = case.team.manager if case.chance(0.6) else "kadri"
    actions.open_review(
        case.complaint, question=case.told("review"), reviewer=case.person(reviewer), by=case.staff("kadri"), at=at
    )
    case.handler, case.round = reviewer, case.round + 1


def find_again(case: Case, at: datetime) -> None:
    """The first point is looked at anew; a doubt counts for the complainant."""
    changed = _is_changed(case)
    words = phrases(case.language)["changed" if changed else "confirmed"]
    result = Result.PARTLY if changed else Result(case.story.first.result)
    cause = case.world.causes["communication" if changed else case.story.first.cause]
    conclusion = Conclusion(result=result, reasons=words["finding"], cause=cause, complainant_heard=True)
    first = issues(case.complaint)[0]
    actions.record_finding(case.complaint, first, conclusion, by=case.staff(case.handler), at=at)


def respond_again(case: Case, at: datetime) -> None:
    """The answer of the review."""
    changed = _is_changed(case)
    words, currency = phrases(case.language)["changed" if changed else "confirmed"], case.world.organisation.currency
    remedies = _promises(case, at)
    if changed:
        kind, cents = case.world.remedies["pay-compensation"], 100 * case.rng.randrange(20, 65, 5)
        goodwill = PromisedRemedy(kind, words["remedy"], _due_on(case, at), amount=cents, currency=currency)
        remedies = (*remedies, goodwill)
    proposal = Proposal(
        summary=words["summary"],
        reasons=words["reasons"],
        language=case.language,
        remedies=remedies,
        # What a review adds may go beyond what like complaints got, depending on the day of the demonstration.
        difference_reason=phrases(case.language)["differing"][0],
    )
    actions.respond(case.complaint, proposal, by=case.staff(case.handler), at=at)


def _is_changed(case: Case) -> bool:
    """Whether the review comes to another result: drawn once for a complaint, by its customer number."""
    return case.story.first.result != Result.UPHELD and int(case.persona.number) % 2 == 0


def refer(case: Case, at: datetime) -> None:
    """The complainant has gone to the outside body that the decision named."""
    number = f"{case.rng.randrange(10, 99)}-{case.rng.randrange(1000, 9999)}"
    actions.refer(
        case.complaint,
        case.world.outside_body,
        referred_on=at.astimezone(case.world.organisation.zone).date(),
        their_reference=number,
        by=case.staff(case.handler),
        at=at,
    )


def watch(case: Case, at: datetime) -> None:
    """The outside body wants the file, and somebody looks again how it stands."""
    today = at.astimezone(case.world.organisation.zone).date()
    by = case.staff(case.handler)
    known = case.complaint.referrals.get()
    actions.update_referral(
        case.complaint,
        told_on=known.told_on,
        their_reference=known.their_reference,
        file_due_on=today + timedelta(days=25),
        by=by,
        at=at,
    )
    note = phrases(case.language)["outside_look"]
    actions.set_next_look(case.complaint, look_on=today + timedelta(days=30), note=note, by=by, at=at)


def hear_result(case: Case, at: datetime) -> None:
    """The outside body has decided."""
    said = case.phrase("outside_results")
    actions.record_result(
        case.complaint,
        result=said,
        outcome=OUTSIDE[phrases(case.language)["outside_results"].index(said)],
        decided_on=at.astimezone(case.world.organisation.zone).date(),
        by=case.staff(case.handler),
        at=at,
    )


def prove(case: Case, at: datetime) -> None:
    """Everything that is still promised was done, with proof."""
    proofs = phrases(case.language)["proofs"]
    promised = Remedy.objects.filter(complaint=case.complaint, state=Remedy.State.PROMISED).select_related("kind")
    for remedy in promised.order_by("number"):
        actions.prove_remedy(
            case.complaint,
            remedy.number,
            proof=proofs.get(remedy.kind.code, proofs["other-remedy"]),
            done_on=at.astimezone(case.world.organisation.zone).date(),
            by=case.staff(case.handler),
            at=at,
        )


def verify(case: Case, at: datetime) -> None:
    """The decision maker looks at the proofs, where there are any."""
    if case.complaint.stage == Stage.REMEDIED:
        actions.verify_remedies(case.complaint, by=_decider(case), at=at)


def closing(reason: Closure.Reason) -> Callable[[Case, datetime], None]:
    """The act that closes for a reason."""

    def close(case: Case, at: datetime) -> None:
        text = case.phrase("closing_notes") if reason == Closure.Reason.SATISFIED else ""
        actions.close(case.complaint, reason=reason, note=text, by=case.staff(case.handler), at=at)

    return close


close_satisfied = closing(Closure.Reason.SATISFIED)
close_silent = closing(Closure.Reason.NO_ANSWER)
close_final = closing(Closure.Reason.REVIEW_FINAL)
close_exhausted = closing(Closure.Reason.EXHAUSTED)


def reopen(case: Case, at: datetime) -> None:
    """It has come back."""
    actions.reopen(case.complaint, reason=case.phrase("reopening"), by=case.staff(case.handler), at=at)
    case.round += 1

"""Reaching states through the verbs, so that a test world is always a legal one.

world = builders.a_world()
complaint = builders.a_complaint(world, stage=Stage.INVESTIGATING)
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from amends.complaints import actions
from amends.complaints.actions.assess import Judgement
from amends.complaints.actions.open_redress import Redress
from amends.complaints.actions.receive import Receipt
from amends.complaints.actions.record_finding import Conclusion
from amends.complaints.actions.refer import Unlisted
from amends.complaints.actions.respond import PromisedRemedy, Proposal
from amends.complaints.actors import VISITOR, Complainant
from amends.complaints.intake import Contact, Intake
from amends.complaints.models import Closure, Complaint, Finding, Issue, Remedy, ScopeDecision, Voiding
from amends.complaints.models.assessment import Complexity
from amends.complaints.queries import speaking_for
from amends.complaints.stages import Stage
from amends.correspondence.models.message import Channel
from amends.framework.actions import set_up
from amends.framework.models import Category, Cause, Organisation, Product, RemedyKind
from amends.people.standing import SYSTEM
from tests import cast
from tests.cast import AT, World

TEXT = "The water was switched off on Monday morning and nobody told us."


def a_world(profile: str = Organisation.Profile.FULL, at: datetime = AT) -> World:
    """The cast in an organisation that has done its first start. Its zone is London, which keeps UTC in March."""
    world = cast.world(at)
    set_up(
        name="Larkhaven Utilities",
        country="GB",
        languages=["en", "et", "tr"],
        email="complaints@larkhaven.example",
        phone="0800 555 0142",
        profile=profile,
        by=SYSTEM,
        at=at,
    )
    Product.objects.filter(code="our-services").update(lead_unit=world.water)
    return world


def an_intake(**changes: object) -> Intake:
    """A complaint by somebody with a name and an e-mail address about a service of Water."""
    answers: dict[str, object] = {
        "text": TEXT,
        "language": "en",
        "title": "Water switched off without notice",
        "product": Product.objects.get(code="our-services"),
        "category": Category.objects.get(code="poor-service"),
        "complainant": Contact(name="Mari Saar", email="mari@example.org", contact_by="email"),
        "remedy_wanted": ("apologise",),
    }
    return Intake(**{**answers, **changes})  # type: ignore[arg-type]


def a_receipt(world: World, *, at: datetime | None = None, token: str = "", **changes: object) -> Receipt:
    """A complaint from the public form, with its access code."""
    return actions.receive(an_intake(**changes), token=token or secrets.token_hex(16), by=VISITOR, at=at or world.at)


def the_complainant(complaint: Complaint) -> Complainant:
    """The complainant as an actor."""
    return speaking_for(complaint)


def a_judgement(**changes: object) -> Judgement:
    """A middling assessment."""
    answers: dict[str, object] = {
        "severity": 2,
        "is_safety": False,
        "complexity": Complexity.SIMPLE,
        "impact_complainant": 2,
        "impact_others": 1,
        "impact_organisation": 1,
        "immediate_needed": False,
        "immediate_possible": False,
    }
    return Judgement(**{**answers, **changes})  # type: ignore[arg-type]


def a_conclusion(result: Finding.Result = Finding.Result.UPHELD, **changes: object) -> Conclusion:
    """A finding with reasons."""
    answers: dict[str, object] = {
        "result": result,
        "reasons": "The notice was printed for another street.",
        "cause": Cause.objects.get(code="process"),
    }
    return Conclusion(**{**answers, **changes})  # type: ignore[arg-type]


def a_proposal(world: World, *, remedies: int = 1, **changes: object) -> Proposal:
    """A response with so many remedies."""
    due_on = (world.at + timedelta(days=20)).date()
    kind = RemedyKind.objects.get(code="apologise")
    answers: dict[str, object] = {
        "summary": "You were right: we did not warn you.",
        "reasons": "A notice was due two days before. It went to another street.",
        "language": "en",
        "prevention": "Addresses are checked before notices are printed.",
        "remedies": tuple(PromisedRemedy(kind, f"A written apology ({n})", due_on) for n in range(1, remedies + 1)),
    }
    return Proposal(**{**answers, **changes})  # type: ignore[arg-type]


def a_complaint(
    world: World,
    stage: Stage = Stage.RECEIVED,
    *,
    remedies: int = 1,
    points: int = 1,
    results: tuple[Finding.Result, ...] = (),
    **changes: object,
) -> Complaint:
    """A complaint that has come as far as a stage: Liis handles it, Mark decides, the complainant answers."""
    complaint = a_receipt(world, **changes).complaint
    walk = _Walk(world, complaint, remedies, points, results)
    for step in WAY_TO[stage]:
        step(walk)
    complaint.refresh_from_db()
    assert complaint.stage == stage, f"built {complaint.stage} instead of {stage}"
    return complaint


def a_redress(world: World, **changes: object) -> Redress:
    """Others whose water was switched off in the same night."""
    answers: dict[str, object] = {
        "title": "The whole of Mill Lane",
        "population": "All households in Mill Lane on that day.",
        "how_found": "By the list of meters.",
        "remedy": "A written apology and a day of water free.",
        "due_on": (world.at + timedelta(days=60)).date(),
        "owner": world.liis,
        "people": 40,
    }
    return Redress(**{**answers, **changes})  # type: ignore[arg-type]


class _Walk:
    def __init__(
        self, world: World, complaint: Complaint, remedies: int, points: int, results: tuple[Finding.Result, ...]
    ) -> None:
        self.world, self.complaint = world, complaint
        self.remedies, self.points, self.results = remedies, points, results
        self.liis, self.mark = world.as_(world.liis), world.as_(world.mark)
        self.clara = world.as_(world.clara)
        self.at = world.at

    def assess(self) -> None:
        actions.assess(self.complaint, a_judgement(handler=self.world.liis), by=self.liis, at=self.at)
        for number in range(2, self.points + 1):
            actions.add_issue(self.complaint, summary=f"Point {number}", category=None, by=self.liis, at=self.at)

    def investigate(self) -> None:
        actions.investigate(self.complaint, by=self.liis, at=self.at)

    def find(self) -> None:
        for place, issue in enumerate(Issue.objects.filter(complaint=self.complaint).order_by("number")):
            result = self.results[place] if place < len(self.results) else Finding.Result.UPHELD
            actions.record_finding(self.complaint, issue, a_conclusion(result), by=self.liis, at=self.at)

    def respond(self) -> None:
        self.find()
        actions.respond(self.complaint, a_proposal(self.world, remedies=self.remedies), by=self.liis, at=self.at)

    def approve(self) -> None:
        actions.approve(self.complaint, by=self.mark, at=self.at)

    def communicate(self) -> None:
        actions.communicate(self.complaint, channel=Channel.PORTAL, by=self.liis, at=self.at)

    def accept(self) -> None:
        actions.accept(self.complaint, channel=Channel.PORTAL, by=the_complainant(self.complaint), at=self.at)

    def reject(self) -> None:
        by = the_complainant(self.complaint)
        actions.reject(self.complaint, reason="Too little.", channel=Channel.PORTAL, by=by, at=self.at)

    def prove(self) -> None:
        for number in Remedy.objects.filter(complaint=self.complaint, state="promised").values_list(
            "number", flat=True
        ):
            actions.prove_remedy(
                self.complaint, number, proof="Letter of 2 March", done_on=self.at.date(), by=self.liis, at=self.at
            )

    def verify(self) -> None:
        actions.verify_remedies(self.complaint, by=self.mark, at=self.at)

    def close(self) -> None:
        actions.close(self.complaint, reason=Closure.Reason.SATISFIED, by=self.liis, at=self.at)

    def reopen(self) -> None:
        actions.reopen(self.complaint, reason="It happened again.", by=self.liis, at=self.at)

    def review(self) -> None:
        actions.open_review(
            self.complaint, question="Was the notice late?", reviewer=self.world.uma, by=self.clara, at=self.at
        )

    def refer(self) -> None:
        body = Unlisted("Water Ombudsman", "It is new")
        actions.refer(self.complaint, body, referred_on=self.at.date(), by=self.liis, at=self.at)

    def withdraw(self) -> None:
        actions.withdraw(self.complaint, by=the_complainant(self.complaint), at=self.at)

    def merge(self) -> None:
        other = a_receipt(self.world).complaint
        actions.merge(self.complaint, other, by=self.liis, at=self.at)

    def void(self) -> None:
        reason = "I tried the form."
        actions.ask_to_void(self.complaint, why=Voiding.Why.TEST, reason=reason, by=self.liis, at=self.at)
        actions.void(self.complaint, by=self.clara, at=self.at)

    def rule_out(self) -> None:
        reason = ScopeDecision.Reason.NOT_US
        actions.rule_out(self.complaint, reason=reason, where_to_go="The bus company.", by=self.liis, at=self.at)


_W = _Walk
_TOLD: tuple[Callable[[_Walk], None], ...] = (_W.assess, _W.investigate, _W.respond, _W.approve, _W.communicate)

#: The shortest way to each stage that the verbs of today reach.
WAY_TO: dict[Stage, tuple[Callable[[_Walk], None], ...]] = {
    Stage.RECEIVED: (),
    Stage.ASSESSED: (_W.assess,),
    Stage.INVESTIGATING: (_W.assess, _W.investigate),
    Stage.PROPOSED: (_W.assess, _W.investigate, _W.respond),
    Stage.DECIDED: (_W.assess, _W.investigate, _W.respond, _W.approve),
    Stage.COMMUNICATED: _TOLD,
    Stage.ACCEPTED: (*_TOLD, _W.accept),
    Stage.REMEDIED: (*_TOLD, _W.accept, _W.prove),
    Stage.VERIFIED: (*_TOLD, _W.accept, _W.prove, _W.verify),
    Stage.REJECTED: (*_TOLD, _W.reject),
    Stage.IN_REVIEW: (*_TOLD, _W.reject, _W.review),
    Stage.EXTERNAL: (*_TOLD, _W.reject, _W.refer),
    Stage.CLOSED: (*_TOLD, _W.accept, _W.prove, _W.verify, _W.close),
    Stage.REOPENED: (*_TOLD, _W.accept, _W.prove, _W.verify, _W.close, _W.reopen),
    Stage.WITHDRAWN: (_W.withdraw,),
    Stage.OUT_OF_SCOPE: (_W.rule_out,),
    Stage.MERGED: (_W.assess, _W.merge),
    Stage.VOID: (_W.assess, _W.void),
}

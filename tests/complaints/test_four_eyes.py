"""Nobody stands on both sides of a decision: every way round it that the verbs offer is tried, and none succeeds.

The attempts are generated: every start, and after it every ordered pair of moves (proposing, sending back, lending
roles, granting and ending them, absence, assigning, finding again, deciding with a review or a reopening after it).
Wherever a response waits, everybody tries to approve it. What each person did is written down by the test itself, and
an approval by somebody who had a part, or in the place of somebody who had, is a success of the attempt. On every
change each eleventh pair is walked; all of them with AMENDS_EVERY_ATTEMPT=1 (3,450 attempts, two minutes).
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from amends.complaints import actions
from amends.complaints.actions.record_history import HistoricComplaint
from amends.complaints.models import Complaint, Decision, Issue, Response
from amends.complaints.stages import Stage
from amends.framework.actions.change_four_eyes import FourEyes, change_four_eyes
from amends.framework.models import Category, Organisation, Product
from amends.kit.refusal import Refusal
from amends.people.actions import delegate, end_role, grant_role, record_absence
from amends.people.models import Delegation, Person, RoleGrant
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from tests import builders
from tests.cast import World

pytestmark = pytest.mark.django_db

DECIDING = {"decision_maker", "management_representative"}
PROPOSING = {"handler", "unit_manager", "management_representative"}
EACH = 11
WHO = ("liis", "mark", "clara", "uma", "zoe")


@dataclass
class Life:
    """One complaint, and who did what to it as the test saw it."""

    world: World
    complaint: Complaint
    had_a_part: set[int] = field(default_factory=set)
    attempts: int = 0
    approvals: int = 0
    successes: list[str] = field(default_factory=list)

    def person(self, name: str) -> Person:
        found: Person = getattr(self.world, name)
        return found

    def fresh(self) -> Complaint:
        return Complaint.objects.get(pk=self.complaint.pk)

    def rights(self, person: Person, roles: set[str]) -> tuple[bool, set[int]]:
        """Whether they hold one of the roles themselves, and who lent them one."""
        grants = RoleGrant.objects.in_force(self.world.at).filter(role__in=roles)
        path = self.complaint.lead_unit.path
        own = any(path.startswith(g.unit.path) for g in grants.filter(person=person).select_related("unit"))
        lent = Delegation.objects.in_force(self.world.at).filter(holder=person, role__in=roles).select_related("unit")
        return own, {d.lender_id for d in lent if path.startswith(d.unit.path)}

    def did(self, person: Person, roles: set[str], stood_for: int | None) -> None:
        """They had a part now, and so had whoever lent them the role they did it by."""
        own, lenders = self.rights(person, roles)
        self.had_a_part.add(person.pk)
        if not own and lenders:
            assert stood_for in lenders, "nobody is named in whose place it was done"
        if stood_for is not None:
            self.had_a_part.add(stood_for)


Move = Callable[[Life], None]


def propose(name: str) -> Move:
    def move(life: Life) -> None:
        complaint, person = life.fresh(), life.person(name)
        made = actions.respond(complaint, builders.a_proposal(life.world), by=life.world.as_(person), at=life.world.at)
        life.did(person, PROPOSING, made.proposed_for_id)

    return move


def send_back(name: str) -> Move:
    def move(life: Life) -> None:
        actions.send_back(life.fresh(), comment="Again.", by=life.world.as_(life.person(name)), at=life.world.at)

    return move


def find(name: str) -> Move:
    def move(life: Life) -> None:
        issue = Issue.objects.filter(complaint=life.complaint).first()
        person = life.person(name)
        by = life.world.as_(person)
        actions.record_finding(life.fresh(), issue, builders.a_conclusion(), by=by, at=life.world.at)
        life.had_a_part.add(person.pk)

    return move


def assign(name: str) -> Move:
    def move(life: Life) -> None:
        actions.assign(life.fresh(), life.person(name), by=life.world.as_(life.world.clara), at=life.world.at)

    return move


def lend(lender: str, holder: str, role: Role) -> Move:
    def move(life: Life) -> None:
        world, at = life.world, life.world.at
        delegate(
            life.person(lender),
            life.person(holder),
            role,
            world.larkhaven if role is Role.MANAGEMENT_REPRESENTATIVE else world.water,
            starts_at=at,
            ends_at=at + timedelta(days=9),
            by=SYSTEM,
            at=at,
        )

    return move


def away(name: str, substitute: str) -> Move:
    def move(life: Life) -> None:
        today = life.world.at.date()
        record_absence(
            life.person(name),
            starts_on=today,
            ends_on=today,
            substitute=life.person(substitute),
            by=SYSTEM,
            at=life.world.at,
        )

    return move


def change_role(loses: str, gets: str, role: Role) -> Move:
    def move(life: Life) -> None:
        grant = RoleGrant.objects.filter(person=life.person(loses), role=role.value, ends_at__isnull=True).first()
        if grant is not None:
            end_role(grant, by=SYSTEM, at=life.world.at)
        grant_role(life.person(gets), role, life.world.water, by=SYSTEM, at=life.world.at)

    return move


def decide_and(name: str, then: Callable[[Life], None]) -> Move:
    def move(life: Life) -> None:
        person = life.person(name)
        made = actions.approve(life.fresh(), by=life.world.as_(person), at=life.world.at)
        life.did(person, DECIDING, made.decided_for_id)
        actions.communicate(life.fresh(), channel="portal", by=life.world.as_(life.world.clara), at=life.world.at)
        then(life)

    return move


def reviewed_by(name: str) -> Callable[[Life], None]:
    def then(life: Life) -> None:
        world, at = life.world, life.world.at
        complainant = builders.the_complainant(life.fresh())
        actions.reject(life.fresh(), reason="No.", channel="portal", by=complainant, at=at)
        actions.open_review(
            life.fresh(), question="Again?", reviewer=life.person(name), by=world.as_(world.clara), at=at
        )

    return then


def reopened(life: Life) -> None:
    world, at = life.world, life.world.at
    clara = world.as_(world.clara)
    actions.withdraw(life.fresh(), by=builders.the_complainant(life.fresh()), at=at)
    actions.reopen(life.fresh(), reason="Once more.", by=clara, at=at)
    actions.assess(life.fresh(), builders.a_judgement(handler=world.liis), by=clara, at=at)
    actions.investigate(life.fresh(), by=clara, at=at)


MOVES: dict[str, Move] = {
    **{f"{name} proposes": propose(name) for name in WHO},
    **{f"{name} sends back": send_back(name) for name in ("mark", "liis")},
    **{f"{name} finds": find(name) for name in ("mark", "uma")},
    **{f"assigned to {name}": assign(name) for name in ("uma", "zoe")},
    "liis lends deciding to zoe": lend("liis", "zoe", Role.DECISION_MAKER),
    "mark lends deciding to zoe": lend("mark", "zoe", Role.DECISION_MAKER),
    "mark lends handling to zoe": lend("mark", "zoe", Role.HANDLER),
    "liis lends handling to zoe": lend("liis", "zoe", Role.HANDLER),
    "clara lends hers to zoe": lend("clara", "zoe", Role.MANAGEMENT_REPRESENTATIVE),
    "liis away, zoe stands in": away("liis", "zoe"),
    "mark away, liis stands in": away("mark", "liis"),
    "deciding goes from liis to zoe": change_role("liis", "zoe", Role.DECISION_MAKER),
    "handling goes from liis to mark": change_role("liis", "mark", Role.HANDLER),
    "mark decides, uma reviews": decide_and("mark", reviewed_by("uma")),
    "zoe decides, liis reviews": decide_and("zoe", reviewed_by("liis")),
    "clara decides, reopened": decide_and("clara", reopened),
}


def try_to_approve(life: Life, told: str) -> None:
    """Everybody tries; nothing of it stays."""
    if life.fresh().stage != Stage.PROPOSED:
        return
    for name in WHO:
        person = life.person(name)
        point = transaction.savepoint()
        life.attempts += 1
        try:
            made = actions.approve(life.fresh(), by=life.world.as_(person), at=life.world.at)
        except Refusal:
            pass
        else:
            life.approvals += 1
            own, lenders = life.rights(person, DECIDING)
            stood_for = {made.decided_for_id} if made.decided_for_id else set()
            unnamed = not own and not stood_for
            if (
                made.is_by_one_person
                or unnamed
                or not stood_for <= lenders
                or ({person.pk} | stood_for) & life.had_a_part
            ):
                life.successes.append(f"{told}: {name} approved")
        transaction.savepoint_rollback(point)


def walked(life: Life, names: tuple[str, ...], start: str) -> None:
    """The moves in their order; one that is refused changes nothing, and the next is tried all the same."""
    point = transaction.savepoint()
    before = set(life.had_a_part)
    for name in names:
        inner = transaction.savepoint()
        kept = set(life.had_a_part)
        try:
            MOVES[name](life)
        except Refusal:
            transaction.savepoint_rollback(inner)
            life.had_a_part = kept
        else:
            transaction.savepoint_commit(inner)
    try_to_approve(life, f"{start}; {', '.join(names)}")
    transaction.savepoint_rollback(point)
    life.had_a_part = before


def everybody_has_two_hats(world: World) -> None:
    """Whoever could be tempted: handlers who also decide, and the other way round."""
    for person, role in (
        (world.liis, Role.DECISION_MAKER),
        (world.mark, Role.HANDLER),
        (world.uma, Role.DECISION_MAKER),
    ):
        grant_role(person, role, world.water, by=SYSTEM, at=world.at)


def a_start(world: World, how: str) -> Life:
    if how == "imported":
        historic = HistoricComplaint(
            external_id="1",
            received_at=world.at - timedelta(days=9),
            title="From elsewhere",
            text="It was dark.",
            stage=Stage.INVESTIGATING,
            product=Product.objects.get(code="our-services"),
            category=Category.objects.get(code="poor-service"),
            unit=world.water,
        )
        actions.record_history([historic], source="old", by=SYSTEM, at=world.at)
        complaint = Complaint.objects.get(source="old")
        actions.take_over(complaint, by=world.as_(world.liis), at=world.at)
        actions.record_finding(
            complaint, complaint.issues.get(), builders.a_conclusion(), by=world.as_(world.liis), at=world.at
        )
        return Life(world, complaint, {world.liis.pk})
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    life = Life(world, complaint, {world.liis.pk})
    if how == "sent back":
        actions.send_back(complaint, comment="Again.", by=world.as_(world.mark), at=world.at)
    return life


@pytest.mark.parametrize("start", ["proposed", "sent back", "imported"])
def test_no_generated_attempt_gets_round_it(world, start, capsys):
    everybody_has_two_hats(world)
    life = a_start(world, start)
    try_to_approve(life, start)
    every = list(product(MOVES, repeat=2))
    for names in every if os.environ.get("AMENDS_EVERY_ATTEMPT") else every[::EACH]:
        walked(life, names, start)
    said = f"{life.attempts} attempts, {life.approvals} fair approvals, {len(life.successes)} successes"
    with capsys.disabled():
        print(f"\nfour eyes, {start}: {said}")
    assert life.successes == []
    assert life.attempts > 50
    assert 0 < life.approvals < life.attempts, "an attempt that nobody could win proves nothing"


LONGER = [
    ("mark lends handling to zoe", "zoe proposes"),
    ("mark lends handling to zoe", "assigned to zoe", "zoe proposes"),
    ("liis lends deciding to zoe", "mark lends deciding to zoe", "liis proposes"),
    ("mark proposes", "liis sends back", "liis proposes"),
    ("mark lends handling to zoe", "zoe proposes", "liis sends back", "uma proposes"),
    ("uma proposes", "clara decides, reopened", "mark finds", "liis proposes"),
    ("uma proposes", "mark lends deciding to zoe", "zoe decides, liis reviews", "liis proposes"),
    ("uma proposes", "mark decides, uma reviews", "mark lends deciding to zoe", "uma proposes"),
    ("clara lends hers to zoe", "zoe proposes", "mark decides, uma reviews", "uma proposes"),
]


@pytest.mark.parametrize("names", LONGER, ids=" → ".join)
def test_nor_does_a_longer_way(world, names):
    everybody_has_two_hats(world)
    life = a_start(world, "sent back")
    walked(life, names, "sent back")
    assert life.attempts == len(WHO)
    assert life.successes == []


def code_when(world: World, complaint: Complaint, person: Person) -> str:
    with pytest.raises(Refusal) as caught:
        actions.approve(Complaint.objects.get(pk=complaint.pk), by=world.as_(person), at=world.at)
    return caught.value.code


def test_each_reason_is_said(world):
    everybody_has_two_hats(world)
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    lend("liis", "zoe", Role.DECISION_MAKER)(Life(world, complaint))
    assert code_when(world, complaint, world.liis) == "own_proposal"
    assert code_when(world, complaint, world.zoe) == "acts_for_one_side"
    assert code_when(world, complaint, world.frida) == "not_permitted"
    actions.send_back(complaint, comment="Again.", by=world.as_(world.mark), at=world.at)
    issue = complaint.issues.get()
    actions.record_finding(complaint, issue, builders.a_conclusion(), by=world.as_(world.uma), at=world.at)
    actions.respond(complaint, builders.a_proposal(world), by=world.as_(world.mark), at=world.at)
    assert code_when(world, complaint, world.liis) == "proposed_before"
    assert code_when(world, complaint, world.uma) == "investigated"
    change_four_eyes(FourEyes(investigator_apart=False), by=SYSTEM, at=world.at)
    actions.approve(complaint, by=world.as_(world.uma), at=world.at)


def test_a_stand_in_is_named_in_the_decision(world):
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    lend("mark", "zoe", Role.DECISION_MAKER)(Life(world, complaint))
    made = actions.approve(complaint, by=world.as_(world.zoe), at=world.at)
    assert (made.decided_by, made.decided_for, made.role) == (world.zoe, world.mark, "decision_maker")


def test_a_role_that_ended_meanwhile_decides_nothing(world):
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    standing = world.as_(world.mark)
    end_role(RoleGrant.objects.get(person=world.mark), by=SYSTEM, at=world.at)
    with pytest.raises(Refusal) as caught:
        actions.approve(complaint, by=standing, at=world.at)
    assert caught.value.code == "not_permitted"


LITTLE = FourEyes(mode="by_risk", above=5_000, severity_from=3)


def test_where_little_is_at_stake_one_person_may_do_both_and_it_says_so(world):
    everybody_has_two_hats(world)
    change_four_eyes(LITTLE, by=SYSTEM, at=world.at)
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    made = actions.approve(complaint, by=world.as_(world.liis), at=world.at)
    assert (made.is_by_one_person, made.why_one_person) == (True, "little_at_stake")


@pytest.mark.parametrize("risk", ["severity", "unknown severity", "safety", "danger", "process", "round", "subject"])
def test_where_much_is_at_stake_two_decide(world, risk):
    everybody_has_two_hats(world)
    change_four_eyes(LITTLE, by=SYSTEM, at=world.at)
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    changes: dict[str, object] = {
        "severity": {"severity": 3},
        "unknown severity": {"severity": None},
        "safety": {"is_safety": True},
        "danger": {"said_danger": True},
        "process": {"is_about_process": True},
        "round": {"round": 2},
        "subject": {},
    }[risk]
    if changes:
        Complaint.objects.filter(pk=complaint.pk).update(**changes)
    else:
        actions.name_subject(complaint, world.frida, by=world.as_(world.clara), at=world.at)
    assert code_when(world, complaint, world.liis) == "own_proposal"


def test_in_the_small_profile_one_person_may_do_both(world):
    Organisation.objects.update(profile="small")
    everybody_has_two_hats(world)
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    made = actions.approve(complaint, by=world.as_(world.liis), at=world.at)
    assert (made.is_by_one_person, made.why_one_person) == (True, "small_profile")


@pytest.mark.parametrize(
    "sides",
    [
        {"proposed_by": "liis", "decided_by": "liis"},
        {"proposed_by": "liis", "decided_by": "mark", "decided_for": "liis"},
        {"proposed_by": "liis", "proposed_for": "mark", "decided_by": "mark"},
        {"proposed_by": "liis", "proposed_for": "mark", "decided_by": "uma", "decided_for": "mark"},
        {"proposed_by": "liis", "decided_by": "mark", "decided_for": "mark"},
        {"proposed_by": "liis", "decided_by": "mark", "is_by_one_person": True, "why_one_person": "small_profile"},
        {"proposed_by": "liis", "decided_by": "liis", "is_by_one_person": True, "why_one_person": ""},
        {"proposed_by": "liis", "decided_by": "mark", "why_one_person": "little_at_stake"},
    ],
    ids=str,
)
def test_the_database_itself_refuses_one_person_on_both_sides(world, sides):
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    people = {key: getattr(world, value) if value in WHO else value for key, value in sides.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            complaint=complaint, response=Response.objects.get(), round=1, outcome="upheld", at=world.at, **people
        )
    assert not Decision.objects.exists()

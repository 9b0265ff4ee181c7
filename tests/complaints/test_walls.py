"""The wall, also when it is built late: who loses what, who had read it, who may act in whose name."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from amends.complaints import actions
from amends.complaints.actions.give_task import Errand
from amends.complaints.fitness import check_fitness
from amends.complaints.models import Complaint, HandOver, LiftedWall, RedressProject, SignificantReader, Wall
from amends.complaints.permissions import May, visible_to
from amends.complaints.recipients import who_hears
from amends.complaints.stages import Stage
from amends.complaints.walls import no_longer_near, read_before
from amends.framework.ladder import HANDLER
from amends.journal.models import Entry
from amends.journal.reads import note_read
from amends.kit import clock
from amends.kit.invariants import all_invariants
from amends.kit.refusal import Refusal
from amends.people.actions import change_person, delegate, grant_role, invite, record_absence
from amends.people.standing import SYSTEM
from amends.permissions.engine import may
from amends.permissions.roles import Role
from amends.reactions import worker
from amends.reactions.notices import alerts
from tests import builders

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def refused(code, call):
    with pytest.raises(Refusal) as caught:
        call()
    assert caught.value.code == code


def last_facts(event):
    return Entry.objects.filter(event=event).latest("id").facts


def lend(world, lender, holder, role, unit):
    delegate(
        lender, holder, role, unit, starts_at=world.at, ends_at=world.at + timedelta(days=9), by=SYSTEM, at=world.at
    )


def test_a_declared_conflict_takes_the_complaint_away_and_says_who_had_read_it(world):
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    liis = world.as_(world.liis)
    for hours in (1, 2):
        note_read(complaint.subject, by=liis, at=world.at + hours * HOUR)
    note_read(complaint.subject, by=world.as_(world.mark), at=world.at + HOUR)
    at = world.at + 3 * HOUR
    wall = actions.declare_conflict(complaint, world.liis, reason="My neighbour", by=liis, at=at)
    complaint.refresh_from_db()
    assert complaint.handler is None
    assert (wall.why, wall.reason, wall.declared_by) == (Wall.Why.DECLARED, "My neighbour", world.liis)
    facts = last_facts("complaints.conflict_declared")
    assert facts["read_before"] == 2
    assert facts["is_their_own"] is True
    assert facts["before"] is not None
    assert not visible_to(world.as_(world.liis)).filter(pk=complaint.pk).exists()
    assert [(read.person, read.part) for read in read_before(wall)] == [(world.liis, "text")] * 2
    note_read(complaint.subject, by=liis, at=at + HOUR)
    assert len(read_before(wall)) == 2


def test_conflicts_of_others_are_declared_by_the_management_representative_alone(world):
    complaint = builders.a_complaint(world, Stage.ASSESSED)

    def declare(who):
        actions.declare_conflict(complaint, world.tom, reason="He runs the site", by=world.as_(who), at=world.at)

    refused("not_for_others", lambda: declare(world.uma))
    assert not Wall.objects.exists()
    declare(world.clara)
    refused("walled_off_already", lambda: declare(world.clara))
    assert not visible_to(world.as_(world.tom)).filter(pk=complaint.pk).exists()
    refused(
        "reason_needed",
        lambda: actions.declare_conflict(complaint, world.mark, reason=" ", by=world.as_(world.mark), at=world.at),
    )


def test_a_wall_is_lifted_with_a_reason_but_never_that_of_the_subject(world):
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    clara = world.as_(world.clara)
    actions.declare_conflict(complaint, world.mark, reason="A cousin?", by=world.as_(world.mark), at=world.at)

    def lift(person, reason="Another person of that name", by=clara):
        return actions.lift_wall(complaint, person, reason=reason, by=by, at=world.at + HOUR)

    refused("not_permitted", lambda: lift(world.mark, by=world.as_(world.uma)))
    refused("reason_needed", lambda: lift(world.mark, reason=""))
    lifted = lift(world.mark)
    assert (lifted.person, lifted.lifted_by, lifted.since) == (world.mark, world.clara, world.at)
    assert visible_to(world.as_(world.mark)).filter(pk=complaint.pk).exists()
    refused("no_wall", lambda: lift(world.mark))
    actions.declare_conflict(complaint, world.zoe, reason="Her shift", by=clara, at=world.at)
    actions.name_subject(complaint, world.zoe, by=clara, at=world.at)
    refused("subject_stays_walled_off", lambda: lift(world.zoe))
    with pytest.raises(IntegrityError), transaction.atomic():
        LiftedWall.objects.create(
            complaint=complaint, person=world.zoe, why="subject", since=world.at, reason="x",
            lifted_by=world.clara, at=world.at,
        )  # fmt: skip


def test_nobody_walled_off_approves_and_nothing_they_proposed_is_approved(world):
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    clara, mark = world.as_(world.clara), world.as_(world.mark)
    before_the_wall = Complaint.objects.prefetch_related("walls").get(pk=complaint.pk)
    list(before_the_wall.walls.all())
    actions.declare_conflict(complaint, world.mark, reason="A cousin", by=mark, at=world.at)
    refused("not_permitted", lambda: actions.approve(complaint, by=mark, at=world.at))
    # Whoever had the page open when the wall was built comes too late.
    refused("stale", lambda: actions.approve(before_the_wall, by=mark, at=world.at))
    complaint = Complaint.objects.get(pk=complaint.pk)
    actions.declare_conflict(complaint, world.liis, reason="Me too", by=world.as_(world.liis), at=world.at)
    refused("proposer_walled_off", lambda: actions.approve(complaint, by=clara, at=world.at))
    actions.send_back(complaint, comment="Somebody else writes it", by=clara, at=world.at)
    assert complaint.stage == Stage.INVESTIGATING


def test_where_the_whole_unit_is_behind_the_wall_the_management_representative_gets_it(world):
    at, adam = world.at, world.as_(world.adam)
    for person in (world.liis, world.mark):
        change_person(person, name=person.name, language="en", manager=world.uma, by=adam, at=at)
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    actions.name_subject(complaint, world.uma, by=world.as_(world.frida), at=at)
    complaint.refresh_from_db()
    assert complaint.handler == world.clara
    facts = last_facts("complaints.subject_named")
    assert facts["walls"] == 3
    assert facts["new_handler"] is not None
    elsewhere = builders.a_complaint(world, Stage.ASSESSED)
    actions.name_subject(elsewhere, world.liis, by=world.as_(world.frida), at=at)
    elsewhere.refresh_from_db()
    assert elsewhere.handler == world.clara, "Uma manages Liis, so that nobody of the unit is left"
    third = builders.a_complaint(world, Stage.ASSESSED)
    actions.declare_conflict(third, world.liis, reason="A cousin", by=world.as_(world.liis), at=at)
    third.refresh_from_db()
    assert third.handler is None, "Uma finds somebody"


def test_nobody_acts_in_the_name_of_somebody_walled_off(world):
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    lend(world, world.mark, world.zoe, Role.DECISION_MAKER, world.water)
    zoe = world.as_(world.zoe)
    assert may(zoe, May.APPROVE, complaint)
    assert visible_to(zoe).filter(pk=complaint.pk).exists()
    actions.declare_conflict(complaint, world.mark, reason="A cousin", by=world.as_(world.mark), at=world.at)
    fresh = Complaint.objects.get(pk=complaint.pk)
    assert not may(zoe, May.APPROVE, fresh)
    assert not may(zoe, May.READ, fresh)
    assert not visible_to(zoe).filter(pk=complaint.pk).exists()
    refused("not_permitted", lambda: actions.approve(fresh, by=zoe, at=world.at))
    # What they may do with a role of their own, or one that somebody else lent, they may still do.
    other = builders.a_complaint(world)
    assert visible_to(zoe).filter(pk=other.pk).exists()
    lend(world, world.uma, world.zoe, Role.UNIT_MANAGER, world.water)
    zoe = world.as_(world.zoe)
    assert visible_to(zoe).filter(pk=complaint.pk).exists()
    assert may(zoe, May.READ, fresh)
    assert not may(zoe, May.APPROVE, fresh)


def test_a_handler_with_a_borrowed_role_loses_the_complaint_with_the_lender(world):
    lend(world, world.liis, world.zoe, Role.HANDLER, world.water)
    complaint = builders.a_complaint(world)
    actions.assign(complaint, world.zoe, by=world.as_(world.uma), at=world.at)
    actions.name_subject(complaint, world.liis, by=world.as_(world.uma), at=world.at)
    complaint.refresh_from_db()
    assert complaint.handler is None
    refused("handler_unfit", lambda: check_fitness(complaint, world.zoe, complaint.lead_unit, world.at))


def test_who_stands_in_for_somebody_walled_off_hears_nothing_in_their_place(world):
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    nora = invite("nora@larkhaven.example", "Nora Quist", by=SYSTEM, at=world.at)
    grant_role(nora, Role.HANDLER, world.water, by=SYSTEM, at=world.at)
    day = world.at.date()
    record_absence(world.liis, starts_on=day, ends_on=day, substitute=nora, by=world.as_(world.clara), at=world.at)
    assert [told.person for told in who_hears(complaint, HANDLER, world.at)] == [nora]
    Wall.objects.create(complaint=complaint, person=world.liis, why="declared", since=world.at)
    assert nora not in [told.person for told in who_hears(complaint, HANDLER, world.at)]


def follow(world, person, manager):
    """Another manager, by the verb, and what follows it."""
    change_person(person, name=person.name, language="en", manager=manager, by=world.as_(world.adam), at=world.at)
    worker.drain()


def assert_nothing_waits_for(person, complaint):
    """Nothing is theirs, and nothing waits for them."""
    complaint.refresh_from_db()
    assert complaint.handler != person
    assert not HandOver.objects.open().filter(complaint=complaint, to_person=person).exists()
    assert not complaint.tasks.open().filter(asked_person=person).exists()
    assert not complaint.redress_projects.filter(owner=person, state="open").exists()
    assert not SignificantReader.objects.filter(alert__complaint=complaint, person=person, read_at=None).exists()
    assert not alerts._waiting(clock.now() + timedelta(days=9)).filter(person=person, complaint=complaint).exists()
    if complaint.stage in {Stage.DECIDED, Stage.PROPOSED}:
        assert not complaint.decisions.standing().filter(decided_by=person, round=complaint.round).exists()


def test_a_new_manager_and_a_new_report_are_walled_off_from_what_is_open_already(world):
    complaint, over = builders.a_complaint(world, Stage.INVESTIGATING), builders.a_complaint(world, Stage.CLOSED)
    for one in (complaint, over):
        Complaint.objects.filter(pk=one.pk).update(stage=Stage.INVESTIGATING)
        one.refresh_from_db()
        actions.name_subject(one, world.zoe, by=world.as_(world.frida), at=world.at)
    Complaint.objects.filter(pk=over.pk).update(stage=Stage.CLOSED)
    over.refresh_from_db()
    note_read(complaint.subject, by=world.as_(world.uma), at=world.at)
    note_read(complaint.subject, by=world.as_(world.liis), at=world.at)
    errand = Errand("Who printed it?", world.at.date(), person=world.uma)
    actions.give_task(complaint, errand, by=world.as_(world.liis), at=world.at)
    actions.open_redress(complaint, builders.a_redress(world, owner=world.uma), by=world.as_(world.liis), at=world.at)
    actions.raise_significant(complaint, reason="Streets", by=world.as_(world.liis), at=world.at)
    actions.hand_over(complaint, world.uma, note="You know it.", by=world.as_(world.liis), at=world.at)
    follow(world, world.zoe, world.uma)
    wall = Wall.objects.get(complaint=complaint, person=world.uma)
    assert wall.why == Wall.Why.MANAGER
    assert [read.person for read in read_before(wall)] == [world.uma]
    assert not Wall.objects.filter(complaint=over, person=world.uma).exists()
    assert_nothing_waits_for(world.uma, complaint)
    assert RedressProject.objects.get().owner == world.liis
    facts = last_facts("complaints.walls_followed")
    assert (facts["ended_tasks"], facts["ended_hand_over"], facts["read_before"]) == (1, True, 1)
    # The handler comes to report to her; whoever was her manager when it happened stays away.
    follow(world, world.zoe, None)
    follow(world, world.liis, world.zoe)
    assert Wall.objects.get(complaint=complaint, person=world.liis).why == Wall.Why.REPORT
    assert Wall.objects.filter(complaint=complaint, person=world.uma).exists()
    assert no_longer_near(complaint) == {world.uma.pk}
    assert_nothing_waits_for(world.liis, complaint)
    count = Entry.objects.filter(event="complaints.walls_followed").count()
    follow(world, world.liis, world.zoe)
    assert Entry.objects.filter(event="complaints.walls_followed").count() == count == 2
    # What was closed comes back: the walls are brought up to date.
    actions.reopen(over, reason="Again", by=world.as_(world.clara), at=world.at)
    worker.drain()
    assert Wall.objects.filter(complaint=over, person=world.liis).exists()
    assert [line for one in all_invariants() for line in one.check()] == []


def test_a_wall_taken_down_for_the_same_reason_is_not_built_again(world):
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    actions.name_subject(complaint, world.zoe, by=world.as_(world.frida), at=world.at)
    follow(world, world.zoe, world.uma)
    complaint.refresh_from_db()
    actions.lift_wall(complaint, world.uma, reason="Only on paper", by=world.as_(world.clara), at=world.at)
    follow(world, world.zoe, world.uma)
    assert not Wall.objects.filter(complaint=complaint, person=world.uma).exists()
    refused("not_permitted", lambda: actions.follow_walls(complaint, by=world.as_(world.clara), at=world.at))


def test_what_somebody_decided_before_anybody_was_told_is_decided_again(world):
    complaint = builders.a_complaint(world, Stage.DECIDED)
    actions.name_subject(complaint, world.zoe, by=world.as_(world.frida), at=world.at)
    worker.drain()
    mail.outbox.clear()
    follow(world, world.zoe, world.mark)
    complaint.refresh_from_db()
    assert (complaint.stage, complaint.outcome) == (Stage.PROPOSED, "")
    assert last_facts("complaints.walls_followed")["set_aside"] is True
    assert_nothing_waits_for(world.mark, complaint)
    assert not complaint.deadlines.open().filter(kind="remedy").exists()
    assert {to for one in mail.outbox for to in one.to} == {world.clara.email}
    complaint = Complaint.objects.get(pk=complaint.pk)
    refused("not_permitted", lambda: actions.approve(complaint, by=world.as_(world.mark), at=world.at))
    actions.approve(complaint, by=world.as_(world.clara), at=world.at)
    actions.communicate(complaint, channel="portal", by=world.as_(world.liis), at=world.at)
    assert complaint.stage == Stage.COMMUNICATED
    assert [one.decided_by for one in complaint.decisions.standing()] == [world.clara]
    assert complaint.remedies.get().state == "promised"
    # A decision that was told is not touched: there is the review.
    follow(world, world.zoe, world.clara)
    complaint.refresh_from_db()
    assert complaint.stage == Stage.COMMUNICATED
    assert [line for one in all_invariants() for line in one.check()] == []


def test_where_nobody_is_left_those_who_lead_are_told(world):
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    clara, mark, liis = (world.as_(one) for one in (world.clara, world.mark, world.liis))
    actions.declare_conflict(complaint, world.clara, reason="A cousin", by=clara, at=world.at)
    worker.drain()
    mail.outbox.clear()
    actions.declare_conflict(complaint, world.mark, reason="A cousin", by=mark, at=world.at)
    worker.drain()
    assert [(one.to, one.subject) for one in mail.outbox] == [
        ([world.tom.email], f"Nobody is left to decide on {complaint.reference}")
    ]
    mail.outbox.clear()
    actions.declare_conflict(complaint, world.liis, reason="A cousin", by=liis, at=world.at)
    worker.drain()
    assert f"{complaint.reference} needs somebody who handles it" in {
        one.subject for one in mail.outbox if one.to == [world.uma.email]
    }
    assert_nothing_waits_for(world.liis, complaint)

"""`may(person, READ, complaint)` and `visible_to(person)` are the same rule: over the whole cast and a whole world."""

from datetime import timedelta

import pytest

from amends.complaints import actions
from amends.complaints.actions.record_history import HistoricComplaint
from amends.complaints.models import Complaint, Wall
from amends.complaints.permissions import May, visible_to
from amends.complaints.stages import Stage
from amends.people.actions import change_person, delegate, end_role, grant_role
from amends.people.models import RoleGrant
from amends.people.standing import SYSTEM
from amends.permissions.engine import may
from amends.permissions.roles import Role
from tests import builders

pytestmark = pytest.mark.django_db


def a_crowded_world():
    """Complaints in every unit and stage, with handlers elsewhere, recorders, participants, walls and history."""
    world = builders.a_world()
    at = world.at
    units = (world.larkhaven, world.water, world.harbour, world.energy)
    for unit in units:
        builders.a_receipt(world, unit=unit)
        handled = builders.a_receipt(world, unit=unit).complaint
        handler = world.bruno if unit == world.energy else world.clara if unit == world.larkhaven else world.liis
        actions.assign(handled, handler, by=world.as_(world.clara), at=at)
    for stage in (Stage.COMMUNICATED, Stage.CLOSED, Stage.WITHDRAWN):
        builders.a_complaint(world, stage)
    taking_part = builders.a_receipt(world, unit=world.energy).complaint
    taking_part.participating_units.add(world.harbour)
    actions.receive(builders.an_intake(unit=world.energy), token="t" * 32, by=world.as_(world.frida), at=at)
    for subject in (world.liis, world.uma, world.zoe, world.tom):
        about = builders.a_receipt(world).complaint
        actions.name_subject(about, subject, by=world.as_(world.clara), at=at)
    Wall.objects.create(
        complaint=builders.a_receipt(world, unit=world.energy).complaint, person=world.bruno, why="declared", since=at
    )
    actions.record_history(
        [HistoricComplaint(external_id="1", received_at=at, title="Old", stage=Stage.RECEIVED, unit=world.energy)],
        source="elsewhere",
        by=SYSTEM,
        at=at,
    )
    return world


def with_changed_roles(world):
    """Managers, lent roles, two roles at once and one that has ended."""
    at, adam = world.at, world.as_(world.adam)
    change_person(world.liis, name="Liis Tamm", language="en", manager=world.uma, by=adam, at=at)
    change_person(world.zoe, name="Zoe Marsh", language="en", manager=world.mark, by=adam, at=at)
    grant_role(world.zoe, Role.UNIT_MANAGER, world.harbour, by=adam, at=at)
    grant_role(world.frida, Role.AUDITOR, world.energy, by=adam, at=at)
    end_role(RoleGrant.objects.get(person=world.dora), by=adam, at=at)
    delegate(
        world.bruno,
        world.dora,
        Role.HANDLER,
        world.energy,
        starts_at=at,
        ends_at=at + timedelta(days=3),
        by=adam,
        at=at,
    )
    # Roles lent by somebody behind walls, and by one of their reports.
    for lender, holder, role in ((world.uma, world.adam, Role.UNIT_MANAGER), (world.liis, world.bruno, Role.HANDLER)):
        ends_at = at + timedelta(days=3)
        delegate(lender, holder, role, world.water, starts_at=at, ends_at=ends_at, by=adam, at=at)


@pytest.mark.parametrize("changed", [False, True])
def test_the_rule_and_the_query_agree_for_everybody_and_everything(changed):
    world = a_crowded_world()
    if changed:
        with_changed_roles(world)
    complaints = list(Complaint.objects.prefetch_related("walls", "participating_units"))
    assert len(complaints) >= 19
    cells = 0
    for person in world.people:
        staff = world.as_(person, world.at + timedelta(seconds=1))
        by_rule = {complaint.reference for complaint in complaints if may(staff, May.READ, complaint)}
        by_query = set(visible_to(staff).values_list("reference", flat=True))
        assert by_rule == by_query, person.name
        cells += len(complaints)
    assert cells >= 11 * 19


def test_the_world_tells_people_apart():
    """The agreement above would be cheap if everybody saw the same."""
    world = a_crowded_world()
    seen = {person.name: visible_to(world.as_(person)).count() for person in world.people}
    assert seen["Adam Novak"] == seen["Zoe Marsh"] == 0
    assert seen["Frida Lund"] == 1
    assert 0 < seen["Bruno Keller"] < seen["Liis Tamm"] < seen["Clara Whitfield"]
    assert len(set(seen.values())) >= 5

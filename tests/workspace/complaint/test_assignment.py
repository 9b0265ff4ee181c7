"""Who handles it, and in which unit."""

from amends.complaints import actions
from amends.complaints.stages import Stage
from tests import builders
from tests.workspace.complaint.conftest import text_of, went_to


def assign(door, complaint, handler="", unit=None, **more):
    world = door.world
    pk = handler.pk if handler else ""
    return door.post(world.liis, complaint, "assignment/", handler=pk, unit=(unit or world.water).pk, **more)


def test_it_is_given_to_a_handler_and_back_to_the_unit(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    assert went_to(assign(door, complaint, world.uma, world.harbour), complaint)
    complaint.refresh_from_db()
    assert (complaint.handler, complaint.lead_unit) == (world.uma, world.harbour)
    assert went_to(assign(door, complaint), complaint)
    complaint.refresh_from_db()
    assert (complaint.handler, complaint.lead_unit) == (None, world.water)


def test_who_cannot_handle_it_cannot_be_chosen(door, unchanged):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    same = unchanged(complaint)
    for person in (world.bruno, world.dario, world.adam):
        answer = assign(door, complaint, person)
        assert answer.status_code == 422
        assert "Choose somebody who handles complaints of this unit" in text_of(answer)
    assert same()


def test_the_list_of_another_unit_is_shown_without_saving(door, unchanged):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    same = unchanged(complaint)
    page = text_of(assign(door, complaint, unit=world.energy, look="1"))
    assert "Bruno Keller (nothing open" in page
    assert f'<option value="{world.energy.pk}" selected>' in page
    assert same()


def test_given_to_another_unit_it_leads_to_the_queue(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    assert assign(door, complaint, world.bruno, world.energy)["Location"] == "/staff/"
    assert "The assignment is saved" in text_of(door.client(world.liis).get("/staff/"))


def test_two_at_once_the_second_sees_both(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    seen = complaint.version
    actions.assign(complaint, world.uma, by=world.as_(world.uma), at=world.at)
    answer = assign(door, complaint, world.clara, seen=seen)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Uma Patel (1 open" in page
    assert "Clara Whitfield (nothing open" in page
    complaint.refresh_from_db()
    assert complaint.handler == world.uma

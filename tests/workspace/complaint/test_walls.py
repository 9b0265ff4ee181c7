"""The pages of the wall: declaring a conflict, who is kept away and had read it, and letting somebody back."""

from amends.complaints import actions
from amends.complaints.models import LiftedWall, Wall
from amends.complaints.stages import Stage
from amends.journal.pseudonyms import name_of
from amends.people.actions import change_person
from tests import builders
from tests.workspace.complaint.conftest import text_of, went_to


def test_whoever_declares_their_own_conflict_is_led_away(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    page = text_of(door.get(world.liis, complaint, "conflict/"))
    assert "I have" in page
    assert "Mark Jansen" not in page, "others are declared by the management representative"
    assert door.post(world.liis, complaint, "conflict/", whose=world.liis.pk, reason="").status_code == 422
    sent = door.post(world.liis, complaint, "conflict/", whose=world.liis.pk, reason="My neighbour")
    assert sent["Location"] == "/staff/"
    assert door.get(world.liis, complaint).status_code == 404
    assert "/conflict/" in text_of(door.get(world.mark, complaint))


def test_those_who_lead_see_who_had_read_it_and_what_still_is_theirs(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    door.get(world.liis, complaint)
    sent = door.post(world.clara, complaint, "conflict/", whose=world.liis.pk, reason="Her cousin")
    assert went_to(sent, complaint)
    page = text_of(door.get(world.uma, complaint, "walls/"))
    for words in ("Liis Tamm", "Her cousin", "Read it before the wall", "Clara Whitfield", "only sent back", "point 1"):
        assert words in page, words
    assert "lifting" not in page
    assert door.get(world.mark, complaint, "walls/").status_code == 403
    assert "read 1 time before" in text_of(door.get(world.uma, complaint))
    complaint.refresh_from_db()
    actions.name_subject(complaint, world.uma, by=world.as_(world.clara), at=world.at)
    assert door.get(world.uma, complaint, "walls/").status_code == 404


def test_the_management_representative_lets_somebody_back(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    clara = world.as_(world.clara)
    actions.name_subject(complaint, world.zoe, by=clara, at=world.at)
    actions.declare_conflict(complaint, world.mark, reason="A cousin?", by=clara, at=world.at)
    page = text_of(door.get(world.clara, complaint, "walls/"))
    at = {person: f"walls/{name_of(person.subject)}/lifting/" for person in (world.mark, world.zoe, world.liis)}
    assert at[world.mark] in page
    assert at[world.zoe] not in page
    assert "A cousin?" in text_of(door.get(world.clara, complaint, at[world.mark]))
    assert door.get(world.clara, complaint, at[world.liis]).status_code == 404
    assert door.get(world.uma, complaint, at[world.mark]).status_code == 403
    refused = door.post(world.clara, complaint, at[world.zoe], reason="Please")
    assert "never taken down" in text_of(refused)
    assert went_to(door.post(world.clara, complaint, at[world.mark], reason="Another Mark"), complaint)
    assert LiftedWall.objects.get().reason == "Another Mark"
    assert list(Wall.objects.values_list("person", flat=True)) == [world.zoe.pk]
    assert "Another Mark" in text_of(door.get(world.clara, complaint, "walls/"))


def test_a_former_manager_stays_away_until_somebody_weighs_it_and_takes_the_wall_down(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    clara, adam = world.as_(world.clara), world.as_(world.adam)
    change_person(world.zoe, name=world.zoe.name, language="en", manager=world.uma, by=adam, at=world.at)
    actions.name_subject(complaint, world.zoe, by=clara, at=world.at)
    ended = "It is not so any more"
    assert ended not in text_of(door.get(world.clara, complaint, "walls/"))
    change_person(world.zoe, name=world.zoe.name, language="en", manager=None, by=adam, at=world.at)
    assert door.get(world.uma, complaint).status_code == 404
    page, lifting = text_of(door.get(world.clara, complaint, "walls/")), f"walls/{name_of(world.uma.subject)}/lifting/"
    assert page.count(ended) == 1
    assert lifting in page
    asked = text_of(door.get(world.clara, complaint, lifting))
    assert "Direct manager of the person complained about" in asked
    assert "Weigh whether they were in charge when it happened." in asked
    assert door.post(world.uma, complaint, lifting, reason="I am not").status_code == 403
    assert door.post(world.clara, complaint, lifting, reason=" ").status_code == 422
    assert went_to(door.post(world.clara, complaint, lifting, reason="It ended in 2019"), complaint)
    assert door.get(world.uma, complaint).status_code == 200

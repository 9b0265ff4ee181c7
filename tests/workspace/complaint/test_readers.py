"""Who looked: the read log of one complaint, for those who watch over it."""

from datetime import timedelta

from amends.journal.models import ReadEvent
from amends.journal.reads import note_read
from tests import builders
from tests.workspace.complaint.conftest import address, text_of


def test_who_looked_at_which_part_when_and_why(door):
    world = door.world
    complaint = builders.a_complaint(world)
    door.get(world.liis, complaint)
    door.post(world.liis, complaint, "identity/", reason="contact")
    page = text_of(door.get(world.dario, complaint, "readers/"))
    for words in ("Liis Tamm", "Contact details", "I have to reach the person", "Handler", "Dario Conti"):
        assert words in page, words
    assert ReadEvent.objects.filter(field_group="readers").count() == 1
    assert "readers/" in text_of(door.get(world.dora, complaint, "trail/"))


def test_the_list_is_for_those_who_watch_over_it(door):
    world = door.world
    complaint = builders.a_complaint(world)
    for person in (world.clara, world.dario, world.dora):
        assert door.get(person, complaint, "readers/").status_code == 200
    for person in (world.liis, world.mark, world.uma, world.tom):
        assert door.get(person, complaint, "readers/").status_code == 403
        assert "readers/" not in text_of(door.get(person, complaint, "trail/"))


def test_long_lists_come_in_pages_and_nothing_falls_between(door, django_assert_max_num_queries):
    world = door.world
    complaint = builders.a_complaint(world)
    staff = [world.as_(person) for person in world.people]
    for quarter in range(1, 12):
        for person in staff:
            note_read(complaint.subject, by=person, at=world.at - quarter * timedelta(minutes=15))
    door.get(world.dario, complaint, "readers/")  # this first look is written down, the next ones are the same look
    url, seen, pages = address(complaint, "readers/"), 0, 0
    while url:
        with django_assert_max_num_queries(20):
            answer = door.client(world.dario).get(url)
        seen += len(answer.context["rows"])
        url, pages = answer.context["older"], pages + 1
    assert pages == 3
    assert seen == ReadEvent.objects.filter(subject_kind="complaint").count() == 11 * 11 + 2

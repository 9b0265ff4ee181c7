"""Who looked: for auditor, management representative and data protection, and nothing from behind a wall."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amends.complaints.actions import name_subject
from amends.complaints.models import Complaint
from amends.journal.models import ReadEvent
from amends.journal.pseudonyms import name_of
from amends.journal.reads import note_read
from amends.people.models import Person
from tests import builders
from tests.cast import World

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

ADDRESS = "/oversight/reads/"


@pytest.fixture
def read(world: World, at_moment: Callable[..., None]) -> Complaint:
    """A complaint that Liis opened yesterday and Uma today."""
    at_moment(world.at + timedelta(days=1))
    complaint = builders.a_complaint(world)
    note_read(complaint.subject, by=world.as_(world.liis), at=world.at)
    note_read(complaint.subject, by=world.as_(world.uma), at=world.at + timedelta(hours=23), field_group="identity")
    return complaint


def text_of(response: Any) -> str:
    return response.content.decode()


def rows_in(response: Any) -> list[str]:
    return text_of(response).split('<tr role="row"><th role="rowheader"')[1:]


def test_it_says_who_opened_what_and_when(world: World, as_: Callable[..., Client], read: Complaint) -> None:
    newest, older = rows_in(as_(world.dario).get(ADDRESS))
    assert "Uma Patel" in newest
    assert "Contact details" in newest
    assert "Liis Tamm" in older
    assert read.reference in older


def test_it_is_narrowed_by_person_complaint_and_days(world: World, as_: Callable[..., Client], read: Complaint) -> None:
    auditor = as_(world.dario)
    (row,) = rows_in(auditor.get(f"{ADDRESS}?person={name_of(world.liis.subject).hex}"))
    assert "Liis Tamm" in row
    (row,) = rows_in(auditor.get(f"{ADDRESS}?since=2026-03-03&until=2026-03-03"))
    assert "Uma Patel" in row
    assert len(rows_in(auditor.get(f"{ADDRESS}?reference={read.reference.lower()}"))) == 2
    other = builders.a_complaint(world)
    assert rows_in(auditor.get(f"{ADDRESS}?reference={other.reference}")) == []
    assert len(rows_in(auditor.get(f"{ADDRESS}?person=x&since=no&before=1-x&reference=%00"))) >= 2


def test_asking_about_one_complaint_is_a_read_of_its_own(
    world: World, as_: Callable[..., Client], read: Complaint
) -> None:
    as_(world.dario).get(f"{ADDRESS}?reference={read.reference}")
    assert ReadEvent.objects.filter(field_group="readers").count() == 1


def test_only_those_who_watch_over_it_see_it(world: World, as_: Callable[..., Client], read: Complaint) -> None:
    watchers = {world.dario, world.clara, world.dora}
    for person in world.people:
        assert as_(person).get(ADDRESS).status_code == (200 if person in watchers else 403), person.name


def test_the_wall_hides_who_looked(world: World, as_: Callable[..., Client], read: Complaint) -> None:
    name_subject(read, world.dario, by=world.as_(world.clara), at=world.at)
    assert rows_in(as_(world.dario).get(ADDRESS)) == []
    as_(world.dario).get(f"{ADDRESS}?reference={read.reference}")
    assert not ReadEvent.objects.filter(field_group="readers").exists()
    assert len(rows_in(as_(world.clara).get(ADDRESS))) == 2


def test_pages_go_through_all_of_it_once_at_a_constant_cost(
    world: World, as_: Callable[..., Client], read: Complaint
) -> None:
    people: list[Person] = [world.mark, world.bruno, world.tom]
    auditor = as_(world.dora)
    auditor.get(ADDRESS)
    with CaptureQueriesContext(connection) as few:
        auditor.get(ADDRESS)
    for number in range(120):
        at = world.at + timedelta(minutes=15 * (number // 3))
        note_read(read.subject, by=world.as_(people[number % 3]), at=at, field_group=f"part{number}")
    with CaptureQueriesContext(connection) as many:
        response = auditor.get(ADDRESS)
    assert len(few) == len(many)
    seen = rows_in(response)
    for _page in range(2):
        following = text_of(response).rpartition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
        response = auditor.get(following.replace("&amp;", "&"))
        seen += rows_in(response)
    assert len(seen) == len(set(seen)) == 122

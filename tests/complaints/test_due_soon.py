"""What is due when, seen from a moment: windows without gaps, and how many complaints of each unit fall into them."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from amends.complaints.due_soon import NEXT_WEEK, OVERDUE, TODAY, counts_by_unit, window_called, windows
from amends.complaints.models import Complaint
from amends.complaints.queries import visible_to
from amends.framework.models import Organisation
from amends.framework.queries import the_organisation
from tests import builders

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def organisation(world) -> Organisation:
    return the_organisation()


@pytest.mark.parametrize("ahead", range(7))
def test_they_follow_each_other_without_gaps_until_the_end_of_next_week(organisation, ahead):
    shown = windows(WEDNESDAY + timedelta(days=ahead), organisation)
    assert shown[0].begins is None
    assert all(first.ends == second.begins for first, second in pairwise(shown))
    assert shown[-1].ends - shown[-1].begins == timedelta(days=7)
    assert shown[-1].begins.isoweekday() == 1
    assert [shown[0].key, shown[1].key, shown[-1].key] == [OVERDUE, TODAY, NEXT_WEEK]


def test_a_day_begins_where_the_organisation_is(organisation):
    organisation.time_zone = "Europe/Tallinn"
    tomorrow = windows(WEDNESDAY, organisation)[2]
    assert (tomorrow.key, tomorrow.begins) == ("2026-03-05", datetime(2026, 3, 4, 22, tzinfo=UTC))


def test_the_day_of_summer_time_is_an_hour_shorter(organisation):
    sunday = window_called("2026-03-29", WEDNESDAY, organisation)
    assert sunday is not None
    assert sunday.ends - sunday.begins == timedelta(hours=23)


@pytest.mark.parametrize("key", ["", "soon", "2026-02-30", "0001-01-01", "9999-12-31", "x" * 64, "2026-W10"])
def test_what_no_window_is_called_narrows_nothing_or_one_day(organisation, key):
    found = window_called(key, WEDNESDAY, organisation)
    assert found is None or found.day is not None


def test_each_open_complaint_is_counted_once_and_the_numbers_are_those_of_the_lists(world, organisation):
    moments = [-30, -1, 1, 5, 20, 40, 100, 200, 300]
    for place, hours in enumerate(moments):
        complaint = builders.a_complaint(world, text=f"Matter {place}.")
        due_at = WEDNESDAY + timedelta(hours=hours)
        Complaint.objects.filter(pk=complaint.pk).update(next_due_at=due_at)
    liis = world.as_(world.liis)
    shown = windows(WEDNESDAY, organisation)
    counts = counts_by_unit(visible_to(liis), shown)
    assert list(counts) == [world.water.pk]
    listed = [window.of(visible_to(liis).open()).count() for window in shown]
    assert counts[world.water.pk] == listed
    assert sum(listed) == 8
    assert listed[:2] == [2, 2]


def test_it_is_one_query(world, organisation, django_assert_num_queries):
    builders.a_complaint(world)
    liis = world.as_(world.liis)
    with django_assert_num_queries(1):
        counts_by_unit(visible_to(liis), windows(WEDNESDAY, organisation))

"""Walking a list page by page gives every row once and in order, also while rows are added and leave."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.complaints.models import Complaint
from amends.workspace.paging import DUE, PRIORITY, RECEIVED, Order, page_of
from tests import builders
from tests.workspace.many import copies, due

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

#: Few different values, so that many rows share one; some rows have none.
hours = st.one_of(st.none(), st.integers(0, 3))
rows = st.lists(st.tuples(hours, st.integers(0, 3), hours), max_size=14)


class _Undone(Exception):
    """Ends an example; the next one begins with an empty list."""


def _make(world, given_rows):
    return copies(
        world,
        [
            due(
                None if hour is None else BEGIN + timedelta(hours=hour),
                received_at=BEGIN - timedelta(hours=received),
                priority=priority,
            )
            for hour, received, priority in given_rows
        ],
    )


def _expected(order: Order):
    """The whole list, sorted in Python."""

    def key(row):
        values = []
        for each in order.keys:
            value = getattr(row, each.column)
            number = value.timestamp() if isinstance(value, datetime) else value
            values.append((value is None, (0 if number is None else -number if each.descending else number)))
        return values

    return [row.pk for row in sorted(Complaint.objects.all(), key=key)]


def _walk(order: Order, size: int, between=lambda seen: None):
    seen, cursor = [], ""
    while True:
        page = page_of(Complaint.objects.all(), order, cursor, size=size)
        seen += [row.pk for row in page.rows]
        between(seen)
        if not page.next:
            return seen
        cursor = page.next


@pytest.fixture(scope="module")
def orders():
    return {"due": DUE, "received": RECEIVED, "priority": PRIORITY}


@FEW
@given(rows, st.integers(1, 5), st.sampled_from(["due", "received", "priority"]))
def test_every_row_comes_once_and_in_order(world, orders, given_rows, size, name):
    try:
        with transaction.atomic():
            _make(world, given_rows)
            assert _walk(orders[name], size) == _expected(orders[name])
            raise _Undone
    except _Undone:
        pass


@FEW
@given(rows, rows, st.integers(1, 4), st.sampled_from(["due", "received", "priority"]))
def test_rows_that_stay_come_once_while_others_are_added_and_leave(world, orders, before, during, size, name):
    """Added in the middle of the walk, wherever they sort: none of the first ones is left out or comes twice."""
    waiting = list(during)

    def add_one(seen):
        if waiting:
            _make(world, [waiting.pop()])

    try:
        with transaction.atomic():
            staying = {row.pk for row in _make(world, before)}
            seen = _walk(orders[name], size, add_one)
            assert len(seen) == len(set(seen))
            assert staying <= set(seen)
            order = _expected(orders[name])
            assert [pk for pk in order if pk in staying] == [pk for pk in seen if pk in staying]
            raise _Undone
    except _Undone:
        pass


@FEW
@given(rows, st.integers(1, 4), st.sampled_from(["due", "received", "priority"]))
def test_back_is_the_way_that_was_come(world, orders, given_rows, size, name):
    order = orders[name]
    try:
        with transaction.atomic():
            _make(world, given_rows)
            pages, cursor = [], ""
            while True:
                page = page_of(Complaint.objects.all(), order, cursor, size=size)
                pages.append(page)
                if not page.next:
                    break
                cursor = page.next
            back = [pages[-1]]
            while back[-1].previous:
                back.append(page_of(Complaint.objects.all(), order, back[-1].previous, size=size))
            shown = [[row.pk for row in page.rows] for page in pages]
            assert [[row.pk for row in page.rows] for page in reversed(back)] == shown
            raise _Undone
    except _Undone:
        pass


@FEW
@given(st.text(max_size=60))
def test_a_cursor_that_is_none_begins_at_the_beginning(world, typed):
    Complaint.objects.all()
    first = page_of(Complaint.objects.all(), DUE, "", size=3)
    assert [row.pk for row in page_of(Complaint.objects.all(), DUE, typed, size=3).rows] == [r.pk for r in first.rows]


@pytest.mark.parametrize(
    "cursor",
    [
        "aprio~~LAU-26-AAAAAAAA",
        "adue~~",
        "adue~x~LAU-26-AAAAAAAA",
        "adue~99999999999999999999~LAU-26-AAAAAAAA",
        "adue~1~LAU-26-AAAAAAAA",
        "areceived~~{reference}",
        "adue~{reference}",
        "adue~~~{reference}",
        "areceived~1~{reference}",
        "adue~²~{reference}",
        "~",
        "bdue~~\x00",
    ],
)
def test_a_cursor_of_another_list_or_a_mistyped_one_shows_the_first_page(world, cursor):
    complaint = builders.a_complaint(world)
    page = page_of(Complaint.objects.all(), DUE, cursor.format(reference=complaint.reference), size=3)
    assert [row.pk for row in page.rows] == [complaint.pk]
    assert page.previous == ""


def test_the_cursor_goes_on_where_it_was_when_its_row_has_moved(world):
    first, second, third = _make(world, [(0, 0, 0), (1, 0, 0), (2, 0, 0)])
    Complaint.objects.exclude(pk__in=[first.pk, second.pk, third.pk]).update(next_due_at=None, next_due_kind="")
    page = page_of(Complaint.objects.all(), DUE, size=2)
    assert [row.pk for row in page.rows] == [first.pk, second.pk]
    Complaint.objects.filter(pk=second.pk).update(next_due_at=BEGIN + timedelta(days=9))
    after = page_of(Complaint.objects.all(), DUE, page.next, size=2)
    assert after.rows[0].pk == third.pk


def test_no_key_of_the_database_stands_in_a_cursor(world):
    complaints = _make(world, [(1, 0, 0)] * 3)
    page = page_of(Complaint.objects.filter(pk__in=[row.pk for row in complaints]), DUE, size=2)
    assert page.next.split("~")[-1] == page.rows[-1].reference
    assert str(page.rows[-1].pk) not in page.next.replace(page.rows[-1].reference, "").split("~")


def test_a_page_costs_one_query_and_one_for_its_cursor(world, django_assert_num_queries):
    _make(world, [(1, 0, 0)] * 9)
    complaints = Complaint.objects.filter(next_due_at__isnull=False)
    with django_assert_num_queries(1):
        page = page_of(complaints, DUE, size=3)
    with django_assert_num_queries(2):
        page_of(complaints, DUE, page.next, size=3)

"""Each way to sort a list walks along an index: the database never sorts what it then throws away."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection

from amends.complaints.models import Complaint
from tests.workspace.many import copies, due

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@contextmanager
def listed():
    """The statements that fetch rows of a list, with their parameters."""
    found = []

    def note(execute, sql, params, many, context):
        if "LIMIT 51" in sql and "ORDER BY" in sql:
            found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def plan_of(sql, params) -> str:
    """What the engine would do, a line per step."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A small table is cheaper to read whole and sort; what matters is whether an index can give the order.
            for way in ("seqscan", "sort", "bitmapscan"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
            cursor.execute(f"EXPLAIN {sql}", params)
            return "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        return "\n".join(row[3] for row in cursor.fetchall())


@pytest.fixture
def many(world):
    rows = [
        due(
            world.at + timedelta(hours=number) if number % 3 else None,
            received_at=world.at - timedelta(hours=number),
            handler_id=world.liis.pk if number % 2 else world.uma.pk,
            priority=number % 4 or None,
        )
        for number in range(60)
    ]
    copies(world, rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return world


def plans(client, address):
    with listed() as statements:
        assert client.get(address).status_code == 200
    assert statements
    return [plan_of(*statement) for statement in statements]


@pytest.mark.parametrize("who", ["liis", "clara"])
@pytest.mark.parametrize(
    ("address", "index"),
    [
        ("/staff/", "complaint_due_by_handler"),
        ("/staff/complaints/?view=open", "complaint_due"),
        ("/staff/complaints/?view=all&sort=received", "complaint_received"),
        ("/staff/complaints/?view=all&sort=priority", "complaint_by_priority"),
    ],
)
def test_no_list_is_sorted_by_the_database(many, as_, who, address, index):
    first, *_rest = plans(as_(getattr(many, who)), address)
    assert "Sort" not in first
    assert "TEMP B-TREE FOR ORDER BY" not in first
    assert index in first


def test_the_next_page_begins_inside_the_index(many, as_):
    client = as_(many.clara)
    page = client.get("/staff/complaints/?view=all&sort=received")
    further = page.context["next_href"]
    assert further
    (plan,) = plans(client, further)
    assert "Sort" not in plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan
    condition = "Index Cond: (received_at <=" if connection.vendor == "postgresql" else "(received_at<?)"
    assert condition in plan


def test_there_are_enough_rows_for_the_test_to_mean_something(many):
    assert Complaint.objects.filter(next_due_at__isnull=False).count() > 20

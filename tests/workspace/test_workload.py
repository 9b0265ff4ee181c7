"""The workload: numbers that lead to their lists, capacity and overload, and nothing from behind the wall."""

import html
import re
from datetime import timedelta

import pytest

from amends.complaints import actions
from amends.framework.models import Capacity
from tests import builders
from tests.workspace.many import copies, due
from tests.workspace.test_queue import counted, references, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/oversight/workload/"


def test_every_number_leads_to_the_list_it_counts(world, as_, at_moment):
    at_moment(world.at)
    builders.a_complaint(world)
    ages = (1, 10, 40, 100, 100)
    copies(
        world,
        [
            due(world.at - timedelta(hours=1), handler_id=world.liis.pk, received_at=world.at - timedelta(days=days))
            for days in ages
        ],
    )
    client = as_(world.clara)
    page = client.get(ADDRESS).content.decode()
    numbers = re.findall(r'<a href="([^"]+)">([\d\s]+)<span class="visually-hidden"> ([^<]+)<', page)
    assert len(numbers) >= 12
    for href, count, label in numbers:
        listed = references(client.get(html.unescape(href)))
        assert len(listed) == int(count), label
    row = text_of(client.get(ADDRESS)).split("Liis Tamm", 1)[1][:140]
    assert re.findall(r"\b\d\b", row)[:6] == ["5", "5", "1", "1", "1", "2"]


def test_who_has_too_much_is_marked(world, as_):
    complaint = builders.a_complaint(world)
    actions.assign(complaint, world.liis, by=world.as_(world.uma), at=world.at)
    uma = as_(world.uma)
    assert "Overloaded" not in text_of(uma.get(ADDRESS))
    for typed in ("0", "many", "5000"):
        assert uma.post(ADDRESS, {"person": world.liis.pk, "complaints": typed}).status_code == 422
    assert uma.post(ADDRESS, {"person": world.tom.pk, "complaints": "3"}).status_code == 422
    assert uma.post(ADDRESS, {"person": world.liis.pk, "complaints": "1"}).status_code == 302
    assert Capacity.objects.get().complaints == 1
    assert "Overloaded" in text_of(uma.get(ADDRESS))
    assert "full" in text_of(uma.get(f"/staff/complaints/{complaint.reference}/assignment/"))


def test_the_auditor_reads_and_changes_nothing(world, as_):
    client = as_(world.dario)
    assert "Set a capacity" not in text_of(client.get(ADDRESS))
    client.post(ADDRESS, {"person": world.liis.pk, "complaints": "1"})
    assert not Capacity.objects.exists()


def test_what_is_behind_the_wall_is_not_counted(world, as_):
    complaint = builders.a_complaint(world)
    actions.name_subject(complaint, world.tom, by=world.as_(world.clara), at=world.at)
    assert "Nobody yet" not in text_of(as_(world.tom).get(ADDRESS))
    assert "Nobody yet" in text_of(as_(world.clara).get(ADDRESS))


@pytest.mark.parametrize("who", ["liis", "mark", "frida", "adam", "zoe"])
def test_who_oversees_nothing_does_not_get_the_page(world, as_, who):
    assert as_(getattr(world, who)).get(ADDRESS).status_code == 403


def test_it_costs_the_same_for_one_and_for_twenty(world, as_):
    builders.a_complaint(world)
    client = as_(world.clara)
    one = counted(client, ADDRESS)
    copies(world, [{"handler_id": person.pk} for person in world.people for _number in range(2)])
    assert counted(client, ADDRESS) <= one + 1
    assert one <= 25


def test_the_assignment_says_who_is_suggested_and_why(world, as_):
    complaint = builders.a_complaint(world)
    page = text_of(as_(world.uma).get(f"/staff/complaints/{complaint.reference}/assignment/"))
    assert "Clara Whitfield (nothing open, suggested)" in page


def test_the_complaint_it_is_about_is_named_by_its_reference(world, as_):
    before = builders.a_complaint(world, token="a" * 32)
    complaint = builders.a_complaint(world, token="b" * 32)
    at = f"/staff/complaints/{complaint.reference}/assessment/"
    sent = {
        "seen": complaint.version, "is_safety": "no", "immediate_needed": "no", "immediate_possible": "no",
        "grid": "2-2", "impact_others": "1", "impact_organisation": "1", "complexity": "simple",
        "pattern": "unknown", "title": "Water", "unit": world.water.pk, "is_about_process": "on",
    }  # fmt: skip
    client = as_(world.liis)
    assert client.post(at, sent | {"about_handling_of": "LAU-26-NOTHERE1"}).status_code == 422
    assert client.post(at, sent | {"about_handling_of": before.reference.lower()}).status_code == 302
    complaint.refresh_from_db()
    assert complaint.about_handling_of == before
    assert before.reference in client.get(at).content.decode()

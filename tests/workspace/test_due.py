"""Due this week: numbers by unit and day, each leading to the list behind it; and the list that they lead to."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.complaints import actions
from amends.complaints.models import Complaint, Pause
from amends.complaints.stages import Stage
from tests import builders
from tests.complaints.clocks import apply_pack, at

#: Wednesday 4 March 2026, twelve o'clock.
NOON = at(4, 12)


@pytest.fixture
def liis(as_, world, at_moment):
    at_moment(NOON)
    return as_(world.liis)


def a_complaint_due(world, hours: int, **changes):
    complaint = builders.a_complaint(world, text=f"Matter of {hours} hours and {len(changes)}.", **changes)
    Complaint.objects.filter(pk=complaint.pk).update(
        next_due_at=NOON + timedelta(hours=hours), next_due_kind="decision"
    )
    return complaint


def page_of(client) -> str:
    answer = client.get("/staff/due/")
    assert answer.status_code == 200
    return answer.content.decode()


def numbers_of(page: str) -> dict[str, list[str]]:
    rows = re.findall(r'<tr role="row"><th role="rowheader" scope="row">(.*?)</th>(.*?)</tr>', page)
    return {name: re.findall(r'data-label="[^"]+">(?:<[^>]+>)*([\d.,]+)', cells) for name, cells in rows}


def test_each_unit_has_its_numbers_by_day(world, liis):
    for hours in (-30, -1, 3, 20, 44, 200):
        a_complaint_due(world, hours)
    page = page_of(liis)
    assert re.findall(r'<th role="columnheader" scope="col"[^>]*>(.*?)</th>', page) == [
        "Unit", "Overdue", "Today", "Thu 5 Mar", "Fri 6 Mar", "Sat 7 Mar", "Sun 8 Mar", "Next week", "Together",
    ]  # fmt: skip
    assert numbers_of(page) == {"Water": ["2", "1", "1", "1", "0", "0", "1", "6"]}


def test_every_number_is_that_of_the_list_it_leads_to(world, liis):
    for hours in (-30, -1, 3, 20, 21, 44, 200):
        a_complaint_due(world, hours)
    links = re.findall(r'href="([^"]*due=[^"]*)"[^>]*>(\d+)<', page_of(liis))
    assert len(links) == 5
    for href, count in links:
        listed = liis.get(href.replace("&amp;", "&")).content.decode()
        assert listed.count('class="queue-row') == int(count), href
        assert f"{count} complaint" in listed


def test_several_units_stand_in_their_tree_and_are_added_up(world, as_, at_moment):
    at_moment(NOON)
    a_complaint_due(world, 3)
    elsewhere = a_complaint_due(world, 5)
    Complaint.objects.filter(pk=elsewhere.pk).update(lead_unit=world.energy)
    numbers = numbers_of(page_of(as_(world.clara)))
    assert list(numbers)[-1] == "All units"
    assert numbers["All units"][1] == "2"
    assert {"Water", "Energy"} < set(numbers)


def test_nobody_counts_what_they_may_not_read(world, as_, at_moment):
    at_moment(NOON)
    a_complaint_due(world, 3)
    assert "Nothing is late, and nothing is due" in page_of(as_(world.bruno))
    assert as_(world.adam).get("/staff/due/").status_code == 403
    assert as_().get("/staff/due/").status_code == 302


def test_it_costs_the_same_for_one_and_for_twenty(world, liis):
    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            page_of(liis)
        return len(found)

    a_complaint_due(world, 3)
    cost()
    before = cost()
    for hours in range(1, 20):
        a_complaint_due(world, hours)
    assert cost() == before


def test_it_stands_in_the_navigation_beside_my_work(world, liis):
    page = liis.get("/staff/").content.decode()
    places = re.findall(r'class="rail-link"[^>]*href="([^"]+)"|href="([^"]+)"[^>]*class="rail-link"', page)
    named = [first or second for first, second in places]
    assert named.index("/staff/due/") == named.index("/staff/") + 1


def test_the_list_can_be_narrowed_to_a_day_and_says_so(world, liis):
    near, far = a_complaint_due(world, 3), a_complaint_due(world, 200)
    today = liis.get("/staff/complaints/?view=open&due=today").content.decode()
    assert near.reference in today
    assert far.reference not in today
    assert '<option value="today" selected>Today</option>' in today
    other = liis.get("/staff/complaints/?view=open&due=2026-03-12").content.decode()
    assert far.reference in other
    assert '<option value="2026-03-12" selected>Thu 12 Mar</option>' in other
    assert near.reference in liis.get("/staff/complaints/?view=open&due=whenever").content.decode()


# ---------------------------------------------------------------- rows of lists


def test_a_row_says_for_how_long_clocks_have_been_standing_still(world, liis):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    by = world.as_(world.liis)
    actions.pause(complaint, why=Pause.Why.COMPLAINANT, reason="The receipt", by=by, at=NOON - timedelta(days=1))
    assert "Stands still for 1 day" in liis.get("/staff/").content.decode()
    actions.resume(complaint, by=by, at=NOON)
    assert "Stands still" not in liis.get("/staff/").content.decode()


def test_a_row_names_what_is_due_as_the_pack_does(world, liis):
    apply_pack(world, "uk-fca-disp")
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    code = complaint.deadlines.filter(due_at=complaint.next_due_at).values_list("code", flat=True)[0]
    named = {"acknowledgement": "Acknowledgement", "early": "Early resolution", "final_response": "Final response"}
    assert f'<span class="queue-for">{named[code]}</span>' in liis.get("/staff/").content.decode()

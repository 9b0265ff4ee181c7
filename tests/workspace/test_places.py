"""The rail shows each role what it may use, with numbers, and no link is dead."""

import re
from datetime import timedelta

import pytest

from amends.complaints.models import Complaint
from amends.complaints.stages import Stage
from tests import builders
from tests.workspace.many import copies, due

pytestmark = pytest.mark.django_db

WORK = ["My work", "All complaints"]
#: What each of the cast finds in the rail.
EXPECTED = {
    "clara": [*WORK, "Record a complaint", "Approvals", "Administration"],
    "tom": [*WORK, "Administration"],
    "liis": [*WORK, "Record a complaint"],
    "mark": [*WORK, "Approvals"],
    "uma": [*WORK, "Record a complaint"],
    "frida": [*WORK, "Record a complaint"],
    "bruno": [*WORK, "Record a complaint"],
    "dario": [*WORK, "Administration"],
    "dora": [*WORK, "Administration"],
    "adam": ["Administration"],
    "zoe": [],
}


def rail(client) -> str:
    page = client.get("/staff/me/").content.decode()
    return page[page.index('id="menu"') : page.index("rail-me")]


@pytest.mark.parametrize("who", EXPECTED)
def test_each_role_finds_what_it_may_use_and_every_link_works(world, as_, who):
    client = as_(getattr(world, who))
    shown = rail(client)
    assert {label for label in EXPECTED["clara"] if f">{label}<" in shown or f"</svg>{label}" in shown} == set(
        EXPECTED[who]
    )
    for address in re.findall(r'href="(/[^"#]+)"', shown):
        assert client.get(address).status_code in {200, 302}, address


def test_numbers_beside_the_entries(world, as_, at_moment):
    at_moment(world.at)
    copies(world, [due(world.at - timedelta(hours=1), handler_id=world.liis.pk)] * 3)
    builders.a_complaint(world, Stage.PROPOSED)
    mine = rail(as_(world.liis))
    assert re.search(r'rail-count is-hot">3 late<', mine)
    assert re.search(r'All complaints</span><span class="rail-count">5<', mine)
    assert re.search(r'Approvals</span><span class="rail-count">1<', rail(as_(world.mark)))
    assert "rail-count" not in rail(as_(world.adam))


def test_more_than_a_thousand_are_not_counted(world, as_):
    copies(world, [due(None)] * 1005)
    assert Complaint.objects.count() == 1006
    assert re.search(r'rail-count">1000\+<', rail(as_(world.liis)))


def test_who_has_nothing_late_sees_no_number(world, as_):
    assert "rail-count" not in rail(as_(world.liis))

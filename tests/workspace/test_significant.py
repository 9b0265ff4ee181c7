"""The list of significant complaints, the mark on the complaint page, and what is done there."""

import pytest

from amends.complaints import actions
from amends.complaints.models import SignificantAlert, SignificantReader
from tests import builders
from tests.workspace.test_queue import counted, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/staff/significant/"


def significant(world, **changes):
    """A complaint that Liis found critical."""
    complaint = builders.a_complaint(world, **changes)
    actions.assess(complaint, builders.a_judgement(severity=4), by=world.as_(world.liis), at=world.at)
    return complaint


def test_the_unread_ones_come_first_and_move_when_they_are_read(world, as_):
    first, second = significant(world), significant(world)
    tom = as_(world.tom)
    page = text_of(tom.get(ADDRESS))
    assert page.index("Not read yet") < page.index(first.reference) < page.index(second.reference)
    assert "2 not read" in page
    assert "It is as severe as the criteria say" in page
    answer = tom.post(f"/staff/complaints/{first.reference}/significant/reading/", {"seen": first.version, "list": "1"})
    assert answer["Location"] == ADDRESS
    page = text_of(tom.get(ADDRESS))
    assert page.index(second.reference) < page.index(first.reference)
    assert "Tom Okafor : read" in page
    assert "Clara Whitfield : not read yet" in page
    assert page.count("I have read this") == 1


def test_what_is_being_done_is_said_once_and_read_by_the_handler(world, as_):
    complaint = significant(world)
    at = f"/staff/complaints/{complaint.reference}/significant/reaction/"
    tom = as_(world.tom)
    assert tom.post(at, {"seen": complaint.version, "reaction": " "}).status_code == 422
    assert tom.post(at, {"seen": complaint.version, "reaction": "A crew is on its way."}).status_code == 302
    page = text_of(as_(world.liis).get(f"/staff/complaints/{complaint.reference}/"))
    assert "A crew is on its way." in page
    assert "Significant complaint" in page
    assert "significant: top management was told" in page
    late = as_(world.clara).post(at, {"seen": complaint.version, "reaction": "I see to it."})
    assert late.status_code == 422
    assert "Somebody has said already what is being done" in text_of(late)
    assert "I see to it." in late.content.decode()


def test_anybody_who_reads_it_can_tell_top_management(world, as_):
    complaint = builders.a_complaint(world)
    at = f"/staff/complaints/{complaint.reference}/significant/"
    liis = as_(world.liis)
    assert "Tell top management" in text_of(liis.get(f"/staff/complaints/{complaint.reference}/"))
    assert liis.post(at, {"seen": complaint.version, "reason": ""}).status_code == 422
    assert liis.post(at, {"seen": complaint.version, "reason": "It stands in the paper."}).status_code == 302
    assert SignificantAlert.objects.get().note == "It stands in the paper."
    assert "It stands in the paper." in text_of(as_(world.tom).get(ADDRESS))


def test_the_wall_hides_it_everywhere(world, as_):
    complaint = builders.a_complaint(world)
    actions.name_subject(complaint, world.tom, by=world.as_(world.clara), at=world.at)
    complaint.refresh_from_db()
    actions.assess(complaint, builders.a_judgement(severity=4), by=world.as_(world.liis), at=world.at)
    tom = as_(world.tom)
    page = text_of(tom.get(ADDRESS))
    assert complaint.reference not in page
    assert "not read" not in page
    for name in ("", "reading/", "reaction/"):
        assert tom.get(f"/staff/complaints/{complaint.reference}/significant/{name}").status_code == 404
    assert not SignificantReader.objects.filter(person=world.tom).exists()


@pytest.mark.parametrize("who", ["liis", "mark", "frida", "adam", "zoe"])
def test_who_does_not_answer_for_the_organisation_does_not_get_the_list(world, as_, who):
    assert as_(getattr(world, who)).get(ADDRESS).status_code == 403


def test_it_costs_the_same_for_one_and_for_twenty(world, as_):
    significant(world)
    tom = as_(world.tom)
    one = counted(tom, ADDRESS)
    for _number in range(8):
        significant(world)
    assert counted(tom, ADDRESS) == one
    assert one <= 25


def test_the_estimate_of_people_is_asked_and_kept(world, as_):
    complaint = builders.a_complaint(world)
    at = f"/staff/complaints/{complaint.reference}/assessment/"
    page = as_(world.liis).get(at).content.decode()
    assert 'name="people_affected"' in page
    sent = {
        "seen": complaint.version, "is_safety": "no", "immediate_needed": "no", "immediate_possible": "no",
        "grid": "2-2", "impact_others": "1", "impact_organisation": "1", "complexity": "simple",
        "pattern": "unknown", "title": "Water", "unit": world.water.pk, "people_affected": "about ten",
    }  # fmt: skip
    assert as_(world.liis).post(at, sent).status_code == 422
    assert as_(world.liis).post(at, sent | {"people_affected": "120"}).status_code == 302
    assert complaint.assessments.get().people_affected == 120
    assert complaint.significant_alerts.get().why == ["people"]

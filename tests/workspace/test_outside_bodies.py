"""The list of outside bodies: added, changed with history, not offered any more, and what rules name."""

import pytest

from amends.framework.actions.activate_pack import activate_pack
from amends.framework.models import OutsideBody, OutsideBodyVersion, RulePackVersion
from amends.journal.models import Entry
from amends.people.standing import SYSTEM
from tests.workspace.test_queue import counted, text_of

pytestmark = pytest.mark.django_db

LIST = "/settings/outside-bodies/"
TYPED = {
    "seen": "0",
    "name_en": "Water Ombudsman",
    "name_et": "Veeombudsman",
    "takes_en": "Complaints about water after our review",
    "web_address": "https://water-ombudsman.example/",
    "post_address": "1 Quay Street",
}


@pytest.fixture
def clara(world, as_, at_moment):
    at_moment(world.at)
    return as_(world.clara)


def test_a_body_is_added_changed_and_not_offered_any_more(world, clara):
    assert "The list is empty" in text_of(clara.get(LIST))
    assert clara.post(f"{LIST}new/", TYPED).status_code == 302
    body = OutsideBody.objects.get()
    assert (body.code, body.name.as_dict()) == ("water-ombudsman", {"en": "Water Ombudsman", "et": "Veeombudsman"})
    address = f"{LIST}water-ombudsman/"
    assert "Water Ombudsman" in text_of(clara.get(LIST))
    # Without the tick it is not offered any more; it stays.
    changed = {**TYPED, "seen": "1", "post_address": "9 Hill Road"}
    assert clara.post(address, changed).status_code == 302
    body.refresh_from_db()
    assert (body.is_active, body.post_address, body.version) == (False, "9 Hill Road", 2)
    page = text_of(clara.get(address))
    assert "1 Quay Street" in page, "what it was before stays readable"
    assert "9 Hill Road" in page
    assert "Clara Whitfield" in page
    assert "Not offered any more" in text_of(clara.get(LIST))
    said = list(Entry.objects.filter(event__startswith="framework.outside_body").order_by("id").values_list("event"))
    assert said == [("framework.outside_body_added",), ("framework.outside_body_changed",)]
    assert OutsideBodyVersion.objects.count() == 2


def test_an_older_version_never_wins_unseen(clara):
    clara.post(f"{LIST}new/", TYPED)
    address = f"{LIST}water-ombudsman/"
    clara.post(address, {**TYPED, "seen": "1", "is_active": "on", "post_address": "Theirs"})
    late = clara.post(address, {**TYPED, "seen": "1", "is_active": "on", "post_address": "Mine"})
    assert late.status_code == 409
    page = text_of(late)
    assert "Theirs" in page
    assert "Mine" in page
    assert OutsideBody.objects.get().post_address == "Theirs"


@pytest.mark.parametrize(
    "changes",
    [
        {"name_en": "", "name_et": ""},
        {"web_address": "javascript:alert(1)"},
        {"web_address": "water"},
        {"rule_code": "nobody"},
        {"seen": ""},
    ],
)
def test_what_cannot_be_is_said_in_the_form(clara, changes):
    answer = clara.post(f"{LIST}new/", {**TYPED, **changes})
    assert answer.status_code == 422
    assert not OutsideBody.objects.exists()


def test_two_of_one_name_and_two_for_one_rule_are_refused(world, clara):
    pack = RulePackVersion.objects.get(pack="estonia", version=1)
    activate_pack(pack, starts_at=world.at, reason="Law", by=SYSTEM, at=world.at)
    assert clara.post(f"{LIST}new/", {**TYPED, "rule_code": "tvk"}).status_code == 302
    assert clara.post(f"{LIST}new/", TYPED).status_code == 422
    assert clara.post(f"{LIST}new/", {**TYPED, "name_en": "Another", "rule_code": "tvk"}).status_code == 422
    assert OutsideBody.objects.count() == 1


def test_what_rules_in_force_name_is_offered_with_what_they_say(world, clara):
    pack = RulePackVersion.objects.get(pack="estonia", version=1)
    activate_pack(pack, starts_at=world.at, reason="Law", by=SYSTEM, at=world.at)
    page = clara.get(LIST).content.decode()
    assert "Consumer Disputes Committee" in page
    assert f"{LIST}new/?named=tvk" in page
    begun = clara.get(f"{LIST}new/?named=tvk").content.decode()
    assert 'value="https://komisjon.ee"' in begun
    filled = {"seen": "0", "name_en": "Committee", "web_address": "https://komisjon.ee", "rule_code": "tvk"}
    assert clara.post(f"{LIST}new/", filled).status_code == 302
    page = clara.get(LIST).content.decode()
    assert "?named=tvk" not in page, "it is on the list now"
    assert "?named=court" in page


def test_whoever_works_here_reads_it_and_others_may_not_change_it(world, clara, as_):
    clara.post(f"{LIST}new/", TYPED)
    liis = as_(world.liis)
    assert "Water Ombudsman" in text_of(liis.get(LIST))
    page = liis.get(f"{LIST}water-ombudsman/").content.decode()
    assert "Complaints about water" in page
    assert "<textarea" not in page
    assert liis.post(f"{LIST}water-ombudsman/", TYPED).status_code == 405
    assert liis.get(f"{LIST}new/").status_code == 403
    assert liis.get(f"{LIST}nobody/").status_code == 404
    assert OutsideBody.objects.get().version == 1


def test_the_list_costs_the_same_for_one_and_for_many(clara):
    clara.post(f"{LIST}new/", TYPED)
    one = counted(clara, LIST)
    for number in range(12):
        clara.post(f"{LIST}new/", {**TYPED, "name_en": f"Body {number}"})
    assert counted(clara, LIST) == one

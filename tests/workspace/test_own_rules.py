"""Rules of one's own: the form, the whole document for experts, mistakes with their place, two people at once."""

import json
import re
from typing import Any

import pytest

from amends.framework.actions.copy_pack import copy_pack
from amends.framework.models import RulePackVersion
from amends.framework.rules.reading import read_pack
from amends.framework.rules.typed import LONGEST, read_typed
from amends.framework.rules.validation import check_pack
from amends.workspace.settings.rules.own_form import OwnPackForm, initial_of
from tests.framework.pack_documents import document, names
from tests.workspace.test_queue import text_of

pytestmark = pytest.mark.django_db

LANGUAGES = ["en", "et", "tr"]


@pytest.fixture
def clara(world, as_):
    return as_(world.clara)


@pytest.fixture
def general(world) -> RulePackVersion:
    return RulePackVersion.objects.filter(pack="general").latest("version")


def address(version: RulePackVersion, more: str = "") -> str:
    return f"/settings/rules/{version.pack}/{version.version}/own/{more}"


def filled(pack: dict[str, Any], seen: int = 0, **changes: object) -> dict[str, object]:
    """What a browser sends when nothing but `changes` is typed."""
    return {**initial_of(pack, LANGUAGES, seen), **changes}


def newest() -> RulePackVersion:
    return RulePackVersion.objects.filter(based_on__isnull=False).latest("pk")


def clock(pack: RulePackVersion, code: str) -> Any:
    return read_pack(pack.document).clock(code)


def place_of(pack: RulePackVersion, code: str) -> int:
    return next(place for place, each in enumerate(pack.document["clocks"]) if each["code"] == code)


# ---------------------------------------------------------------- the form


@pytest.mark.parametrize("name", names())
def test_a_form_in_which_nothing_was_typed_gives_the_same_rules(name: str):
    before = document(name)
    form = OwnPackForm(filled(before), before=before, languages=LANGUAGES, can_be_named=True)
    assert form.is_valid(), form.errors
    made = form.document()
    assert not form.errors
    assert check_pack(made) == []
    assert read_pack(made) == read_pack(before)


def test_times_reminders_pauses_extensions_and_names_are_changed(world, clara, general):
    name = f"clock{place_of(general, 'decision')}"
    typed = filled(
        general.document,
        name_en="Water rules",
        **{
            f"{name}_name_en": "Our answer",
            f"{name}_limit_count": "10",
            f"{name}_outer_count": "3",
            f"{name}_outer_unit": "months",
            f"{name}_times": "1",
            f"{name}_extension_count": "4",
            f"{name}_pause_court_count": "15",
            f"{name}_pause_waiting_for_complainant_count": "",
            f"{name}_remind_0_count": "4",
            f"{name}_remind_1_count": "2",
            f"{name}_remind_1_unit": "days",
            f"{name}_update_count": "3",
            f"{name}_late_count": "6",
        },
    )
    response = clara.post(address(general), typed)
    made = newest()
    assert response["Location"] == f"/settings/rules/{made.pack}/{made.version}/"
    assert (made.pack, made.version, made.based_on, made.made_by) == ("general-own", 1, general, world.clara)
    decision = clock(made, "decision")
    assert str(decision.name) == "Our answer"
    assert made.document["name"]["en"] == "Water rules"
    lengths = (decision.limit, decision.outer, decision.extension.most, decision.update_before)
    assert [(length.count, length.unit.value) for length in lengths] == [
        (10, "working_days"), (3, "months"), (4, "working_days"), (3, "working_days"),
    ]  # fmt: skip
    assert decision.extension.times == 1
    assert [(permit.why.value, permit.cap.count) for permit in decision.pauses] == [("court", 15)]
    assert [(limit.count, limit.unit.value) for limit in decision.remind] == [(4, "working_days"), (2, "days")]
    assert decision.new_date_when_late.count == 6
    assert decision.figure.source == "own"
    page = text_of(clara.get(response["Location"]))
    assert "is saved. It applies to nothing until you let it apply." in page
    assert "Your own" in page
    assert "Own rule of Larkhaven Utilities" in page


def test_what_is_unusual_about_a_time_stays_while_its_unit_does(world, clara):
    pack = RulePackVersion.objects.get(pack="uk-payment-services")
    name = f"clock{place_of(pack, 'final_response')}"
    clara.post(address(pack), filled(pack.document, **{f"{name}_limit_count": "14"}))
    assert clock(newest(), "final_response").limit.ends == "midnight"
    typed = filled(newest().document, 1, **{f"{name}_limit_count": "100", f"{name}_limit_unit": "working_hours"})
    typed |= {f"{name}_update_count": "", f"{name}_remind_0_count": "", f"{name}_remind_1_count": ""}
    typed |= {f"{name}_remind_2_count": ""}
    assert clara.post(address(newest()), typed).status_code == 302
    assert clock(newest(), "final_response").limit.ends == "moment"


def test_without_an_extension_no_holding_reply_goes_out(world, clara):
    pack = RulePackVersion.objects.get(pack="uk-fca-disp")
    name = f"clock{place_of(pack, 'final_response')}"
    clara.post(address(pack), filled(pack.document, **{f"{name}_extension_count": "", f"{name}_times": ""}))
    response = clock(newest(), "final_response")
    assert (response.extension, response.holding_parts) == (None, ())


def test_an_apology_brings_its_letter(world, clara, general):
    changed = json.loads(json.dumps(general.document))
    del changed["letters"]["delay"]
    for each in changed["clocks"]:
        each["when_late"] = None
    own = copy_pack(general, changed, by=world.as_(world.clara), at=world.at)
    assert clara.post(address(own), filled(own.document, 1, clock0_late_count="5")).status_code == 302
    assert newest().document["letters"]["delay"] == ["apology", "reason", "new_date"]


WRONG = [
    ({"_limit_count": ""}, "_limit_count", "Write how much time there is."),
    ({"_limit_count": "ten"}, "_limit_count", "Write a whole number, like 15."),
    ({"_limit_count": "-3"}, "_limit_count", "Write a whole number from 0 to 3650."),
    ({"_limit_count": "99999999999999999999"}, "_limit_count", "Write a whole number from 0 to 3650."),
    ({"_limit_unit": "moons"}, "_limit_unit", "Choose one of the answers shown"),
    ({"_outer_count": "1"}, "_outer_count", "is shorter than its limit"),
    ({"_extension_count": "300"}, "_extension_count", "can pass its outer limit"),
    ({"_extension_count": "", "_times": "2"}, "_extension_count", "Write how much more time"),
    ({"_times": "100"}, "_times", "less than or equal to 12"),
    ({"_remind_2_count": "90"}, "_remind_2_count", "This reminder would come before the clock"),
    ({"_pause_other_count": "90"}, "_pause_other_count", "can pass its outer limit"),
    ({"_pause_court_count": "0"}, "_pause_court_count", "Nothing is no length of time here"),
    ({"_update_count": "200"}, "_update_count", "would be due before the clock"),
    ({"_name_en": "", "_name_et": "", "_name_tr": ""}, "_name_en", "Add at least one"),
    ({"_name_en": "x" * 121}, "_name_en", "Shorten this to 120 characters"),
]


@pytest.mark.parametrize(("changes", "field", "words"), WRONG)
def test_a_contradiction_stands_at_the_field_and_nothing_typed_is_lost(world, clara, general, changes, field, words):
    name = f"clock{place_of(general, 'decision')}"
    typed = filled(
        general.document, name_en="Water rules", **{f"{name}{part}": value for part, value in changes.items()}
    )
    response = clara.post(address(general), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in text_of(response)
    assert f'href="#id_{name}{field}"' in page, "the summary leads to the field"
    assert 'value="Water rules"' in page
    assert re.search(rf'<details class="card rule-clock" open><summary><h2>{clock(general, "decision").name}', page)
    assert not RulePackVersion.objects.filter(based_on__isnull=False).exists()


def test_nothing_changed_is_said(world, clara, general):
    response = clara.post(address(general), filled(general.document))
    assert response.status_code == 422
    assert "Nothing has changed." in text_of(response)


def test_a_code_of_ones_own(world, clara, general):
    taken = clara.post(address(general), filled(general.document, code="no spaces here", name_en="Water"))
    assert taken.status_code == 422
    assert "Write a short code" in text_of(taken)
    assert clara.post(address(general), filled(general.document, code="water", name_en="Water")).status_code == 302
    assert newest().pack == "water-own"


def test_the_next_change_is_the_next_version_and_the_form_leads_to_it(world, clara, general):
    clara.post(address(general), filled(general.document, name_en="First"))
    page = text_of(clara.get(address(general)))
    assert "You have rules of your own from this pack already: version 1." in page
    own = newest()
    assert "Code of your pack" not in text_of(clara.get(address(own)))
    clara.post(address(own), filled(own.document, 1, name_en="Second"))
    assert (newest().pack, newest().version, newest().based_on) == ("general-own", 2, general)
    page = text_of(clara.get("/settings/rules/general-own/2/"))
    assert "made from general" in page


def test_wording_that_may_name_the_old_times_is_pointed_out(world, clara, general):
    disp = RulePackVersion.objects.get(pack="uk-fca-disp")
    words = "which may name its times"
    assert words in text_of(clara.get(address(disp)))
    assert (words in text_of(clara.get(address(general)))) is bool(general.document.get("wording"))


def test_two_people_at_once_the_second_sees_both(world, clara, general, as_):
    name = f"clock{place_of(general, 'decision')}"
    mine = filled(general.document, **{f"{name}_limit_count": "11"})
    as_(world.adam).post(address(general), filled(general.document, **{f"{name}_limit_count": "12"}))
    response = clara.post(address(general), mine)
    page = text_of(response)
    assert response.status_code == 409
    assert "Somebody else changed this while you were writing" in page
    assert re.search(r"Decision: Time Saved now 12 working days Yours, not saved 11 working days", page)
    assert f'name="{name}_limit_count" value="11"' in response.content.decode()
    again = {**mine, "seen": re.search(r'name="seen" value="(\d+)"', response.content.decode())[1]}
    assert clara.post(address(general), again).status_code == 302
    assert (newest().version, clock(newest(), "decision").limit.count) == (2, 11)


# ---------------------------------------------------------------- the whole document


def test_the_whole_document_is_changed_as_text(world, clara, general):
    page = clara.get(address(general, "document/")).content.decode()
    assert "&quot;clocks&quot;" in page
    changed = {**general.document, "contact_attempts_before_no_answer": 4}
    response = clara.post(address(general, "document/"), {"document": json.dumps(changed), "seen": "0"})
    assert response["Location"] == "/settings/rules/general-own/1/"
    assert newest().document["contact_attempts_before_no_answer"] == 4


def test_every_contradiction_is_listed_with_its_place(world, clara, general):
    changed = json.loads(json.dumps(general.document))
    changed["clocks"][0]["limit"]["unit"] = "moons"
    changed["clocks"][0]["extra"] = 1
    changed["stages"][0]["stage"] = 9
    changed["name"]["en"] = "Kept & <b>shown</b>"
    response = clara.post(address(general, "document/"), {"document": json.dumps(changed), "seen": "0"})
    page = text_of(response)
    assert response.status_code == 422
    assert "clocks[0].limit" in page
    assert "clocks[0].extra The part “extra” is not known." in page
    assert "stages[0].stage Write a whole number from 1 to 2." in page
    assert "Kept &amp;amp; &amp;lt;b" not in response.content.decode()
    assert "Kept &amp; &lt;b&gt;shown&lt;/b&gt;" in response.content.decode(), "what was typed stays as it was"
    assert not RulePackVersion.objects.filter(based_on__isnull=False).exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Write the pack here"),
        ("{", "This cannot be read as JSON. Look at line 1, at sign 2."),
        ('{"a": 1,\n"a": 2}', "“a” stands here twice"),
        ('{"a": NaN}', "Write a whole number here"),
        ("[" * 100_000, "parts lie too deep"),
        ('{"version": ' + "9" * 5000 + "}", "a number is too long"),
        ("[]", "Here an object with named parts is needed"),
        ("null", "Here an object with named parts is needed"),
        ('"text"', "Here an object with named parts is needed"),
        ('{"name": {"en": "\\ud800"}}', "Write a text here"),
        ('{"version": 1.5, "schema": true}', "Write a whole number"),
    ],
)
def test_nonsense_is_answered_in_words(world, clara, general, typed, words):
    response = clara.post(address(general, "document/"), {"document": typed, "seen": "0"})
    assert response.status_code == 422
    assert words in text_of(response)


def test_a_text_of_any_length_is_answered():
    value, problems = read_typed("x" * (LONGEST + 1))
    assert value is None
    assert "too long" in str(problems[0].sentence)


def test_what_is_wrong_beyond_fifty_is_counted(world, clara, general):
    changed = {**general.document, **{f"extra{number}": 1 for number in range(60)}}
    page = text_of(clara.post(address(general, "document/"), {"document": json.dumps(changed), "seen": "0"}))
    assert "10 more are not shown." in page


def test_two_experts_at_once_the_second_sees_both(world, clara, general):
    first = {**general.document, "contact_attempts_before_no_answer": 4}
    copy_pack(general, first, by=world.as_(world.adam), at=world.at)
    second = {**general.document, "contact_attempts_before_no_answer": 5}
    response = clara.post(address(general, "document/"), {"document": json.dumps(second), "seen": "0"})
    page = text_of(response)
    assert response.status_code == 409
    assert re.search(r"without an answer Saved now 4 Yours, not saved 5", page)
    assert 'name="seen" value="1"' in response.content.decode()


@pytest.mark.parametrize("who", ["liis", "uma", "tom", "dario"])
@pytest.mark.parametrize("more", ["", "document/"])
def test_who_makes_no_rules(world, as_, general, who, more):
    client = as_(getattr(world, who))
    assert client.get(address(general, more)).status_code == 403
    typed = {**filled(general.document, name_en="Mine"), "document": json.dumps(general.document)}
    assert client.post(address(general, more), typed).status_code == 403
    assert not RulePackVersion.objects.filter(based_on__isnull=False).exists()

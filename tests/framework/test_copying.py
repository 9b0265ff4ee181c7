"""Rules of one's own: versions that never change, and figures that never pretend to stand in a law."""

from copy import deepcopy
from typing import Any

import pytest

from amends.framework.actions.add_packs import add_packs, shipped
from amends.framework.actions.copy_pack import copy_pack
from amends.framework.models import Activation, RulePackVersion
from amends.framework.rules.copying import as_own, own_code, with_own_figures
from amends.framework.rules.reading import read_pack
from amends.framework.rules.validation import check_pack
from amends.framework.which_packs import own_pack
from amends.journal.models import Entry
from amends.kit.canonical import digest
from amends.kit.refusal import Refusal
from amends.people.standing import SYSTEM
from tests import builders
from tests.framework.pack_documents import GENERAL, document, names

Document = dict[str, Any]
TODAY = builders.AT.date()


@pytest.fixture
def clara(world):
    return world.as_(world.clara)


@pytest.fixture
def general(world) -> RulePackVersion:
    return RulePackVersion.objects.filter(pack="general").latest("version")


def clock(pack: Document, code: str) -> Document:
    return next(clock for clock in pack["clocks"] if clock["code"] == code)


def another_time(pack: Document, code: str = "decision", count: int = 12) -> Document:
    """A copy in which one clock has another time."""
    changed = deepcopy(pack)
    clock(changed, code)["limit"]["count"] = count
    return changed


# ---------------------------------------------------------------- the verb


def test_a_copy_is_a_version_of_an_own_pack_and_the_shipped_one_stays(world, clara, general):
    before = digest(general.document)
    made = copy_pack(general, another_time(general.document), by=clara, at=world.at)
    assert (made.pack, made.version, made.based_on, made.made_by) == ("general-own", 1, general, world.clara)
    assert made.is_local
    assert made.digest == digest(made.document)
    assert (made.document["pack"], made.document["version"]) == ("general-own", 1)
    assert check_pack(made.document) == []
    general.refresh_from_db()
    assert digest(general.document) == before == general.digest


def test_it_applies_to_nothing_until_somebody_lets_it(world, clara, general):
    copy_pack(general, another_time(general.document), by=clara, at=world.at)
    assert own_pack(world.at) == general
    assert Activation.objects.count() == 1


def test_each_change_is_the_next_version_and_keeps_its_shipped_origin(world, clara, general):
    first = copy_pack(general, another_time(general.document), by=clara, at=world.at)
    second = copy_pack(first, another_time(first.document, count=11), by=clara, at=world.at, seen=1)
    assert (second.pack, second.version, second.based_on) == ("general-own", 2, general)
    first.refresh_from_db()
    assert clock(first.document, "decision")["limit"]["count"] == 12


def test_what_was_made_stands_in_the_journal_without_its_texts(world, clara, general):
    made = copy_pack(general, another_time(general.document), by=clara, at=world.at)
    entry = Entry.objects.get(event="framework.pack_copied")
    assert entry.facts["pack"] == "general-own"
    assert entry.facts["based_on"] == f"general.{general.version}"
    assert entry.facts["digest"] == made.digest
    assert "Decision" not in entry.particulars


@pytest.mark.parametrize(
    ("code", "kept"), [("", "general-own"), ("water", "water-own"), (" Water-own ", "water-own"), ("w_2", "w_2-own")]
)
def test_own_codes_always_end_so_that_no_release_ever_brings_one_of_them(world, clara, general, code, kept):
    assert copy_pack(general, another_time(general.document), by=clara, at=world.at, code=code).pack == kept
    assert not [pack for pack in shipped() if own_code(pack["pack"]) == pack["pack"]]
    assert add_packs(by=SYSTEM, at=world.at) == 0


@pytest.mark.parametrize("code", ["1st", "mü", "a b", "x" * 62, "../etc", "a/b"])
def test_what_cannot_be_a_code_is_refused(world, clara, general, code):
    with pytest.raises(Refusal) as refused:
        copy_pack(general, another_time(general.document), by=clara, at=world.at, code=code)
    assert (refused.value.code, refused.value.field) == ("code_wrong", "code")


def test_one_code_has_one_origin(world, clara, general):
    copy_pack(general, another_time(general.document), by=clara, at=world.at)
    estonia = RulePackVersion.objects.get(pack="estonia")
    changed = deepcopy(estonia.document)
    changed["name"]["en"] = "Ours"
    with pytest.raises(Refusal) as refused:
        copy_pack(estonia, changed, by=clara, at=world.at, code="general")
    assert (refused.value.code, refused.value.field) == ("code_taken", "code")


def test_a_pack_that_contradicts_itself_is_not_kept(world, clara, general):
    changed = another_time(general.document)
    clock(changed, "decision")["outer"] = {"count": 1, "unit": "days"}
    with pytest.raises(Refusal) as refused:
        copy_pack(general, changed, by=clara, at=world.at)
    assert refused.value.code == "pack_unusable"
    assert refused.value.field == check_pack(as_own(changed, code="general-own", version=1))[0].where
    assert "shorter than its limit" in str(refused.value.sentence)
    assert not RulePackVersion.objects.filter(pack="general-own").exists()


@pytest.mark.parametrize("nonsense", [{}, {"clocks": []}, {"clocks": [None], "sources": 3, "examples": "x"}])
def test_nonsense_is_refused_in_words(world, clara, general, nonsense):
    with pytest.raises(Refusal) as refused:
        copy_pack(general, nonsense, by=clara, at=world.at)
    assert refused.value.code == "pack_unusable"


@pytest.mark.parametrize("country", [{"country": "ZZ"}, {"country": "GB", "subdivision": "XX"}, {"subdivision": "X"}])
def test_working_days_of_nowhere_are_refused_before_anybody_counts_with_them(world, clara, general, country):
    changed = another_time(general.document)
    changed["calendar"] = {"follows": "jurisdiction", "country": "EE", **country}
    with pytest.raises(Refusal) as refused:
        copy_pack(general, changed, by=clara, at=world.at)
    assert refused.value.field.startswith("calendar.")


def test_a_clock_whose_code_a_deadline_cannot_keep_is_refused(world, clara, general):
    changed = another_time(general.document)
    changed["clocks"][0]["code"] = "x" * 41
    with pytest.raises(Refusal) as refused:
        copy_pack(general, changed, by=clara, at=world.at)
    assert refused.value.field == "clocks[0].code"


def test_nothing_changed_makes_no_version(world, clara, general):
    with pytest.raises(Refusal) as refused:
        copy_pack(general, general.document, by=clara, at=world.at)
    assert refused.value.code == "unchanged"
    first = copy_pack(general, another_time(general.document), by=clara, at=world.at)
    with pytest.raises(Refusal) as refused:
        copy_pack(first, first.document, by=clara, at=world.at)
    assert refused.value.code == "unchanged"


def test_the_name_of_the_law_does_not_come_back_beside_a_figure_of_ones_own(world, clara, general):
    first = copy_pack(general, another_time(general.document), by=clara, at=world.at)
    pretending = deepcopy(first.document)
    clock(pretending, "decision")["figure"] = clock(general.document, "decision")["figure"]
    clock(pretending, "decision")["name"]["en"] = "Answer"
    second = copy_pack(first, pretending, by=clara, at=world.at)
    assert clock(second.document, "decision")["figure"]["source"] == "own"


def test_who_looked_at_an_older_version_is_told(world, clara, general):
    copy_pack(general, another_time(general.document), by=clara, at=world.at, seen=0)
    with pytest.raises(Refusal) as refused:
        copy_pack(general, another_time(general.document, count=11), by=clara, at=world.at, seen=0)
    assert refused.value.code == "stale"


@pytest.mark.parametrize("who", ["liis", "mark", "uma", "tom", "dario", "dora", "zoe"])
def test_who_may_not_make_rules(world, general, who):
    with pytest.raises(Refusal) as refused:
        copy_pack(general, another_time(general.document), by=world.as_(getattr(world, who)), at=world.at)
    assert refused.value.code == "not_permitted"


# ---------------------------------------------------------------- whose figure it is


def own(changed: Document, before: Document) -> Document:
    return with_own_figures(changed, before, title="Own rule", url="https://larkhaven.example", seen_on=TODAY)


@pytest.mark.parametrize("name", names())
def test_what_nobody_changed_keeps_its_source(name: str) -> None:
    before = document(name)
    assert own(document(name), before) == before


def test_a_changed_limit_names_the_organisation_and_loses_its_examples():
    before = document("uk-fca-disp-1.json")
    found = own(another_time(before, "final_response", 10), before)
    assert clock(found, "final_response")["figure"] == {
        "source": "own",
        "place": "Own rule",
        "status": "verified",
        "seen_on": TODAY.isoformat(),
    }
    assert found["sources"]["own"]["url"] == "https://larkhaven.example"
    assert clock(found, "early")["figure"] == clock(before, "early")["figure"]
    assert {example["clock"] for example in found["examples"]} == {
        "acknowledgement", "early", "answer", "ombudsman_window",
    }  # fmt: skip
    assert check_pack(found) == []
    assert read_pack(found).clock("final_response").figure.source == "own"


def test_an_example_that_was_written_for_the_new_rule_stays():
    before = document(GENERAL)
    changed = another_time(before)
    new = {**next(each for each in before["examples"] if each["clock"] == "decision"), "what": "Ours"}
    changed["examples"].append(new)
    kept = [example for example in own(changed, before)["examples"] if example["clock"] == "decision"]
    assert kept == [new]


@pytest.mark.parametrize(
    "part",
    [
        {"extension": {"most": {"count": 1, "unit": "working_days"}, "times": 1, "needs_reason": True}},
        {"pauses": [{"why": "court", "needs_reason": True, "cap": {"count": 1, "unit": "months"}}]},
        {"outer": {"count": 2, "unit": "years"}},
        {"met_by": ["closed"]},
        {"starts": "acknowledged"},
    ],
)
def test_whatever_else_is_demanded_is_ones_own_too(part):
    before = document(GENERAL)
    changed = deepcopy(before)
    clock(changed, "decision").update(part)
    assert clock(own(changed, before), "decision")["figure"]["source"] == "own"


@pytest.mark.parametrize(
    "part",
    [
        {"name": {"en": "Answer to the complaint"}},
        {"remind": [{"count": 2, "unit": "working_days"}]},
        {"repeats": False},
    ],
)
def test_names_reminders_and_what_was_left_out_before_change_no_figure(part):
    before = document(GENERAL)
    changed = deepcopy(before)
    clock(changed, "decision").update(part)
    assert clock(own(changed, before), "decision")["figure"] == clock(before, "decision")["figure"]


def test_a_figure_that_somebody_wrote_is_left_alone():
    before = document("uk-fca-disp-1.json")
    changed = another_time(before, "final_response", 10)
    figure = clock(changed, "final_response")["figure"]
    figure["place"] = "DISP 1.6.2R as changed in 2027"
    assert clock(own(changed, before), "final_response")["figure"] == figure


def test_retention_bodies_and_suspensions_are_watched_like_clocks():
    before = document("uk-fca-disp-1.json")
    changed = deepcopy(before)
    changed["retention"][0]["limit"]["count"] = 6
    changed["external"][0]["clock"] = None
    changed["suspensions"][0]["until"] = "2026-06-30"
    changed["early_resolution"]["spares"] = []
    found = own(changed, before)
    for part in (found["retention"][0], found["external"][0], found["suspensions"][0], found["early_resolution"]):
        assert part["figure"]["source"] == "own"
    assert found["retention"][1] == before["retention"][1]
    assert check_pack(found) == []

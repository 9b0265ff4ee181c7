"""Which rules apply to what: activating and ending, whose filter is closest, what fills in, and the ladder's checks."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from amends.calendars.models import Calendar
from amends.framework import which_packs
from amends.framework.actions.activate_pack import activate_pack, an_activation
from amends.framework.actions.change_ladder import change_ladder
from amends.framework.actions.end_activation import end_activation
from amends.framework.ladder import DEFAULT_LEVELS, DEFAULT_QUIET, rungs_now
from amends.framework.models import Activation, Ladder, Product, RulePackVersion
from amends.framework.which_packs import activations, clocks_of, own_pack, packs_among, packs_for, with_one_more
from amends.journal.models import Entry
from amends.kit.refusal import Refusal
from tests import builders
from tests.cast import DAY

WEEK = 7 * DAY


@pytest.fixture
def clara(world):
    return world.as_(world.clara)


def pack(code: str) -> RulePackVersion:
    return RulePackVersion.objects.filter(pack=code).latest("version")


def product(code: str = "our-services") -> Product:
    return Product.objects.get(code=code)


@pytest.fixture
def activate(world, clara):
    """`activate("estonia", site="Harbour")`, from the world's moment on."""

    def activated(code: str, **changes) -> Activation:
        usual = {"starts_at": world.at, "reason": "It is the law here", "by": clara, "at": world.at}
        return activate_pack(pack(code), **{**usual, **changes})

    return activated


def found(at, **changes) -> which_packs.Packs:
    return packs_for(**{"product": None, "site": "", "complainant_kind": "", "at": at, **changes})


# ---------------------------------------------------------------- activating


def test_the_next_one_without_a_filter_takes_the_place_of_the_one_before(world, activate):
    before = own_pack(world.at)
    activate("uk-fca-disp", starts_at=world.at + WEEK)
    assert own_pack(world.at + 6 * DAY) == before
    assert own_pack(world.at + WEEK) == pack("uk-fca-disp")
    assert Activation.objects.earliest("pk").ends_at == world.at + WEEK


def test_what_was_done_and_why_stands_in_the_journal(world, activate):
    activate("estonia", product=product(), site="Harbour", moves_running=True)
    entry = Entry.objects.filter(event="framework.pack_activated").latest("id")
    told = {key: entry.facts[key] for key in ("role", "product", "has_site", "moves_running", "digest")}
    assert told == {
        "role": "main",
        "product": "our-services",
        "has_site": True,
        "moves_running": True,
        "digest": pack("estonia").digest,
    }
    assert "Harbour" not in str(entry.facts)


def test_the_working_days_of_the_law_are_published_with_the_first_pack_that_counts_them(world, activate):
    assert not Calendar.objects.filter(code="gb-eng").exists()
    activate("uk-fca-disp")
    activate("uk-payment-services", product=product())
    assert Calendar.objects.get(code="gb-eng").versions.count() == 1


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"reason": " \n"}, "reason_needed", "reason"),
        ({"reason": "", "starts_at": builders.AT - DAY}, "starts_in_past", "reason"),
    ],
)
def test_without_a_reason_nothing_applies(world, activate, changes, code, field):
    with pytest.raises(Refusal) as refused:
        activate("estonia", **changes)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert Activation.objects.count() == 1


def test_from_the_past_with_a_reason_it_reaches_back(world, activate):
    activate("estonia", starts_at=world.at - WEEK)
    assert own_pack(world.at - WEEK) == pack("estonia")
    assert own_pack(world.at - WEEK - DAY) != pack("estonia")


def test_what_applies_already_is_refused(world, activate):
    activate("estonia", site="Harbour")
    activate("estonia", site="Mill")
    with pytest.raises(Refusal) as refused:
        activate("estonia", site="Harbour", starts_at=world.at + DAY)
    assert refused.value.code == "active_already"


def test_a_later_one_of_the_same_filter_is_not_pushed_aside(world, activate):
    activate("estonia", starts_at=world.at + WEEK)
    with pytest.raises(Refusal) as waits:
        activate("turkiye", starts_at=world.at + DAY)
    assert (waits.value.code, waits.value.field) == ("later_one_waits", "starts_on")
    with pytest.raises(Refusal) as applies:
        activate("turkiye", starts_at=world.at + DAY, at=world.at + 2 * WEEK)
    assert (applies.value.code, applies.value.field) == ("later_one_applies", "starts_on")
    assert own_pack(world.at + WEEK) == pack("estonia")


def test_beside_each_other_run_different_packs_but_one_version_of_each(world, activate):
    activate("eu-psd2", role="beside")
    activate("us-cfpb", role="beside")
    assert [version.pack for version in found(world.at).beside] == ["eu-psd2", "us-cfpb"]
    with pytest.raises(Refusal) as refused:
        activate("eu-psd2", role="beside", starts_at=world.at + DAY)
    assert refused.value.code == "active_already"


@pytest.mark.parametrize("who", ["liis", "mark", "uma", "tom", "dario", "zoe"])
def test_who_may_not_change_which_rules_apply(world, activate, who):
    somebody = world.as_(getattr(world, who))
    with pytest.raises(Refusal) as refused:
        activate("estonia", by=somebody)
    assert refused.value.code == "not_permitted"
    with pytest.raises(Refusal):
        end_activation(Activation.objects.get(), reason="Enough", by=somebody, at=world.at)


def test_who_looked_at_an_older_state_is_told(world, activate):
    seen = which_packs.state_of_activations()
    estonia = activate("estonia", site="Harbour", seen=seen)
    with pytest.raises(Refusal) as refused:
        activate("turkiye", site="Mill", seen=seen)
    assert refused.value.code == "stale"
    seen = which_packs.state_of_activations()
    end_activation(estonia, reason="Closed", by=world.as_(world.clara), at=world.at + DAY)
    assert which_packs.state_of_activations() != seen


def test_two_at_once_with_the_same_filter_leave_one(own_database):
    world = builders.a_world()
    together, outcomes = Barrier(2), []

    def activated(code: str) -> None:
        try:
            together.wait()
            by = world.as_(world.clara)
            activate_pack(pack(code), starts_at=world.at, reason="Now", by=by, at=world.at)
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=activated, args=(code,)) for code in ("estonia", "turkiye")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "done" in outcomes
    assert Activation.objects.filter(ends_at__isnull=True).count() == 1


# ---------------------------------------------------------------- ending


def test_ended_it_applies_to_nothing_that_comes_later(world, clara, activate):
    activation = activate("estonia", site="Harbour")
    end_activation(activation, reason="The office closed", by=clara, at=world.at + DAY)
    assert found(world.at + timedelta(hours=1), site="Harbour").main == pack("estonia")
    assert found(world.at + DAY, site="Harbour").main == own_pack(world.at)
    assert Entry.objects.get(event="framework.activation_ended").facts["pack"] == "estonia"


def test_one_that_waits_never_begins_and_the_one_before_it_goes_on(world, clara, activate):
    before = own_pack(world.at)
    waiting = activate("estonia", starts_at=world.at + WEEK)
    end_activation(waiting, reason="Too early", by=clara, at=world.at + DAY)
    assert own_pack(world.at + 2 * WEEK) == before
    assert Activation.objects.earliest("pk").ends_at is None
    activate("estonia", starts_at=world.at + WEEK, at=world.at + DAY)
    assert own_pack(world.at + WEEK) == pack("estonia")


def test_some_pack_always_applies_to_what_no_filter_names(world, clara, activate):
    activate("estonia", site="Harbour")
    first = Activation.objects.earliest("pk")
    with pytest.raises(Refusal) as refused:
        end_activation(first, reason="Enough", by=clara, at=world.at)
    assert refused.value.code == "last_activation"


@pytest.mark.parametrize(("reason", "code"), [("", "reason_needed"), ("Once more", "stale")])
def test_ending_needs_a_reason_and_happens_once(world, clara, activate, reason, code):
    activation = activate("estonia", site="Harbour")
    end_activation(activation, reason="Enough", by=clara, at=world.at + DAY)
    with pytest.raises(Refusal) as refused:
        end_activation(activation, reason=reason, by=clara, at=world.at + 2 * DAY)
    assert refused.value.code == code


# ---------------------------------------------------------------- which one it is


def test_product_wins_over_site_and_site_over_kind_of_complainant(world, activate):
    activate("turkiye", complainant_kind="organisation")
    activate("ireland-cpc", site="Harbour")
    activate("estonia", product=product())
    everything = {"product": product(), "site": "harbour ", "complainant_kind": "organisation"}
    assert found(world.at, **everything).main.pack == "estonia"
    assert found(world.at, **{**everything, "product": None}).main.pack == "ireland-cpc"
    assert found(world.at, complainant_kind="organisation", site="Elsewhere").main.pack == "turkiye"
    assert found(world.at, complainant_kind="person").main == own_pack(world.at)


def test_a_product_is_closer_than_its_group_and_two_filters_are_closer_than_one(world, activate):
    group = product()
    item = Product.objects.create(code="water-supply", label=group.label, position=99, parent=group, kind=group.kind)
    activate("ireland-cpc", product=group)
    assert found(world.at, product=item).main.pack == "ireland-cpc"
    activate("estonia", product=item)
    assert found(world.at, product=item).main.pack == "estonia"
    activate("turkiye", product=item, complainant_kind="organisation")
    assert found(world.at, product=item, complainant_kind="organisation").main.pack == "turkiye"
    assert found(world.at, product=group).main.pack == "ireland-cpc"


def test_complaints_older_than_any_activation_get_the_first_that_there_was(world):
    first = Activation.objects.get()
    assert found(datetime(1990, 1, 1, tzinfo=UTC)).main == first.pack_version


def test_the_own_pack_fills_in_what_a_law_says_nothing_about(world, activate):
    own = own_pack(world.at)
    activate("us-cfpb", product=product())
    packs = found(world.at, product=product())
    assert (packs.main.pack, packs.fill) == ("us-cfpb", own)
    kinds = {each.clock.kind: each.pack for each in clocks_of(packs)}
    law = {clock["kind"] for clock in packs.main.clocks}
    assert all(kinds[kind] == packs.main for kind in law)
    assert {kind for kind, version in kinds.items() if version == own} == which_packs.FILLED_IN - law
    assert which_packs.FILLED_IN - law


def test_the_own_pack_does_not_fill_in_for_itself(world):
    packs = found(world.at)
    assert packs.fill is None
    assert {each.pack for each in clocks_of(packs)} == {packs.main}


def test_finding_the_packs_is_one_query_however_many_apply(world, activate, django_assert_num_queries):
    for site in "ABCDEF":
        activate("estonia", site=site)
    with django_assert_num_queries(1):
        found(world.at, site="C")


FILTERS = [
    {},
    {"site": "Harbour"},
    {"complainant_kind": "organisation"},
    {"role": "beside"},
    {"starts_at": builders.AT - WEEK},
    {"starts_at": builders.AT + WEEK, "site": "Harbour"},
]


@pytest.mark.parametrize("filters", FILTERS)
def test_what_is_foreseen_is_what_comes_about(world, clara, activate, filters):
    """The preview works on rows in memory; the verb on the database."""
    activate("ireland-cpc", site="Harbour", starts_at=world.at - DAY)
    activate("uk-fca-disp", role="beside", starts_at=world.at - 3 * DAY)
    usual = {"starts_at": world.at, "reason": "It is the law here", "by": clara, **filters}
    foreseen = with_one_more(activations(), an_activation(pack("estonia"), **usual))
    questions = [
        {"product": None, "site": site, "complainant_kind": kind, "at": world.at + days * DAY}
        for site in ("", "Harbour")
        for kind in ("", "organisation")
        for days in (-10, -6, -2, 0, 5, 8)
    ]
    expected = [packs_among(foreseen, **each) for each in questions]
    activate("estonia", **filters)
    assert [packs_for(**each) for each in questions] == expected


# ---------------------------------------------------------------- the ladder

DAYS_1 = {"count": 1, "unit": "working_days"}
DAYS_2 = {"count": 2, "unit": "working_days"}


@pytest.mark.parametrize(
    ("levels", "code"),
    [
        ([], "levels_needed"),
        ([{"after": DAYS_1, "to": "somebody"}], "recipient_unknown"),
        ([{"after": DAYS_1}], "recipient_unknown"),
        ([{"after": DAYS_1, "to": "handler"}] * 11, "too_many_levels"),
        ([{"after": DAYS_2, "to": "handler"}, {"after": DAYS_1, "to": "unit_manager"}], "levels_backward"),
        ([{"after": {"count": 1, "unit": "months"}, "to": "handler"}], "level_unit"),
        ([{"after": {"count": -1, "unit": "hours"}, "to": "handler"}], "level_unit"),
        ([{"after": {"count": "x", "unit": "hours"}, "to": "handler"}], "level_unit"),
        ([{"to": "handler"}], "level_unit"),
    ],
)
def test_a_ladder_nobody_can_climb_is_refused(world, clara, levels, code):
    with pytest.raises(Refusal) as refused:
        change_ladder(levels=levels, by=clara, at=world.at)
    assert refused.value.code == code
    assert Ladder.objects.count() == 1


@pytest.mark.parametrize(
    ("quiet", "code"),
    [
        ({"from": "20:00", "until": "20:00", "days_off": True}, "quiet_always"),
        ({"from": "late", "until": "07:00", "days_off": True}, "quiet_wrong"),
        ({"from": "20:00", "until": "07:00+02:00", "days_off": True}, "quiet_wrong"),
        ({"from": "20:00", "until": "07:00"}, "quiet_wrong"),
        ({"until": "07:00", "days_off": False}, "quiet_wrong"),
    ],
)
def test_quiet_hours_that_say_nothing_are_refused(world, clara, quiet, code):
    with pytest.raises(Refusal) as refused:
        change_ladder(quiet=quiet, by=clara, at=world.at)
    assert refused.value.code == code


def test_a_new_ladder_holds_at_once_and_the_old_one_stays_on_record(world, clara):
    ladder = change_ladder(levels=[{"after": DAYS_2, "to": "line_manager"}], quiet={}, by=clara, at=world.at, seen=1)
    assert (ladder.version, ladder.made_by) == (2, world.clara)
    rungs = rungs_now()
    assert [(level.number, level.after.count, level.to) for level in rungs.levels] == [(1, 2, "line_manager")]
    assert rungs.quiet is None
    assert Ladder.objects.get(version=1).levels == [dict(level) for level in DEFAULT_LEVELS]
    assert Entry.objects.filter(event="framework.ladder_changed").latest("id").facts["levels"] == 1


def test_a_ladder_that_somebody_else_changed_is_not_overwritten(world, clara):
    change_ladder(quiet={}, by=clara, at=world.at, seen=1)
    with pytest.raises(Refusal) as refused:
        change_ladder(levels=[{"after": DAYS_1, "to": "handler"}], by=clara, at=world.at, seen=1)
    assert refused.value.code == "stale"


def test_a_ladder_that_is_the_same_makes_no_version(world, clara):
    with pytest.raises(Refusal) as refused:
        change_ladder(levels=DEFAULT_LEVELS, quiet=DEFAULT_QUIET, by=clara, at=world.at)
    assert refused.value.code == "unchanged"

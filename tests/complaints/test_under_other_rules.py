"""How many running complaints would get other rules: what is counted before is what happens then."""

from datetime import timedelta

import pytest

from amends.complaints import actions, under_other_rules
from amends.complaints.models import Complaint
from amends.complaints.stages import Stage
from amends.complaints.under_other_rules import Effect, effect_of
from amends.framework.actions.activate_pack import activate_pack, an_activation
from amends.framework.models import Activation, Product, RulePackVersion
from amends.framework.which_packs import packs_for
from amends.journal.models import Entry
from amends.people.standing import SYSTEM
from amends.reactions.recounting import pack_activated
from tests import builders
from tests.cast import DAY


def pack(code: str) -> RulePackVersion:
    return RulePackVersion.objects.filter(pack=code).latest("version")


def received(world, hours: int, **changes) -> Complaint:
    return builders.a_receipt(world, at=world.at + timedelta(hours=hours), **changes).complaint


@pytest.fixture
def complaints(world) -> list[Complaint]:
    """Seven of them, an hour apart: three about no product, and one that ended."""
    found = [received(world, hours) for hours in range(4)]
    found += [received(world, hours, product=None) for hours in range(4, 6)]
    ended = builders.a_complaint(world, Stage.CLOSED)
    return [*found, ended]


def planned(world, **changes) -> Activation:
    usual = {"starts_at": world.at, "reason": "The law asks for it", "by": SYSTEM}
    return an_activation(pack("estonia"), **{**usual, **changes})


@pytest.mark.parametrize(
    ("changes", "running", "changing"),
    [
        ({}, 6, 6),
        ({"starts_at": builders.AT + timedelta(hours=2)}, 4, 4),
        ({"starts_at": builders.AT + 30 * DAY}, 0, 0),
        ({"site": "Nowhere"}, 6, 0),
        ({"complainant_kind": "organisation"}, 6, 0),
        ({"complainant_kind": "person"}, 6, 6),
        ({"role": "beside"}, 6, 6),
    ],
)
def test_what_was_counted_is_what_happens(world, complaints, changes, running, changing):
    effect = effect_of(planned(world, **changes))
    assert effect == Effect(running, changing, is_all=True)
    usual = {"starts_at": world.at, "reason": "The law asks for it", **changes}
    activate_pack(pack("estonia"), **usual, moves_running=True, by=SYSTEM, at=world.at + DAY)
    pack_activated(Entry.objects.filter(event="framework.pack_activated").latest("id"))
    assert Entry.objects.filter(event="complaints.packs_changed").count() == changing


def test_a_product_reaches_what_is_about_it_and_what_is_below_it(world, complaints):
    group = Product.objects.get(code="our-services")
    item = Product.objects.create(code="pipes", label=group.label, position=99, parent=group, kind=group.kind)
    received(world, 7, product=item)
    assert effect_of(planned(world, product=group)).changing == 5
    assert effect_of(planned(world, product=item)).changing == 1


def test_those_that_have_these_rules_already_are_not_counted(world, complaints):
    activate_pack(pack("estonia"), starts_at=world.at, reason="Now", by=SYSTEM, at=world.at, site="Harbour")
    first = complaints[0]
    Complaint.objects.filter(pk=first.pk).update(site="Harbour")
    first.refresh_from_db()
    actions.change_packs(first, reason="It is in Harbour", by=SYSTEM, at=world.at + DAY)
    assert packs_for(product=None, site="Harbour", complainant_kind="", at=world.at).main == pack("estonia")
    assert effect_of(planned(world, starts_at=world.at - DAY)).changing == 6


def test_looking_changes_nothing(world, complaints):
    before = list(Activation.objects.values_list())
    effect_of(planned(world))
    assert list(Activation.objects.values_list()) == before


def test_beyond_a_limit_it_says_that_there_may_be_more(world, complaints, monkeypatch):
    monkeypatch.setattr(under_other_rules, "LOOKED_AT", 4)
    monkeypatch.setattr(under_other_rules, "_BATCH", 2)
    assert effect_of(planned(world)) == Effect(4, 4, is_all=False)


def test_it_costs_the_same_for_one_and_for_twenty(world, django_assert_num_queries, complaints):
    few, many = planned(world), planned(world)
    with django_assert_num_queries(4):
        effect_of(few)
    for hours in range(20):
        received(world, hours)
    with django_assert_num_queries(4):
        effect_of(many)

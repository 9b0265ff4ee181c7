"""Which unit gets a complaint, who is suggested there, and who never gets one about their own work."""

from datetime import timedelta

import pytest

from amends.complaints import actions
from amends.complaints.candidates import candidates, suggested
from amends.complaints.fitness import fit_handlers
from amends.complaints.models import Complaint
from amends.complaints.permissions import visible_to
from amends.complaints.stages import Stage
from amends.framework.actions.change_routing import add_routing_rule, end_routing_rule
from amends.framework.actions.set_capacity import set_capacity
from amends.framework.models import Capacity, Category, Product
from amends.people.actions import grant_role, invite, record_absence
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from tests import builders
from tests.complaints.test_guards import refused

pytestmark = pytest.mark.django_db


def handler(world, key, name):
    person = invite(f"{key}@larkhaven.example", name, by=SYSTEM, at=world.at)
    grant_role(person, Role.HANDLER, world.water, by=SYSTEM, at=world.at)
    return person


def ranked(world, complaint):
    found = candidates(complaint, world.water, world.at, visible_to(world.as_(world.clara)))
    return found, suggested(found)


# ---------------------------------------------------------------- rules


def test_the_rule_that_asks_for_most_wins(world):
    clara = world.as_(world.clara)
    product = Product.objects.get(code="our-services")
    add_routing_rule(world.energy, product=product, by=clara, at=world.at)
    add_routing_rule(world.harbour, product=product, site=" harbour  street ", by=clara, at=world.at)
    add_routing_rule(world.larkhaven, language="et", by=clara, at=world.at)
    assert builders.a_complaint(world).lead_unit == world.energy
    assert builders.a_complaint(world, site="Harbour Street").lead_unit == world.harbour
    assert builders.a_complaint(world, language="tr", product=None).lead_unit == world.larkhaven
    assert builders.a_complaint(world, language="et", product=None).lead_unit == world.larkhaven


def test_a_rule_for_a_group_holds_for_what_is_in_it_until_it_is_ended(world):
    clara = world.as_(world.clara)
    group = Category.objects.get(code="poor-service").parent
    rule = add_routing_rule(world.harbour, category=group, by=clara, at=world.at)
    assert builders.a_complaint(world).lead_unit == world.harbour
    end_routing_rule(rule, by=clara, at=world.at)
    assert builders.a_complaint(world).lead_unit == world.water
    refused("ended_already", lambda: end_routing_rule(rule, by=clara, at=world.at))


def test_rules_that_make_no_sense_are_refused(world):
    clara = world.as_(world.clara)
    refused("condition_needed", lambda: add_routing_rule(world.water, by=clara, at=world.at))
    add_routing_rule(world.water, site="Harbour", by=clara, at=world.at)
    refused("rule_exists", lambda: add_routing_rule(world.energy, site="HARBOUR", by=clara, at=world.at))
    refused("not_permitted", lambda: add_routing_rule(world.energy, site="X", by=world.as_(world.liis), at=world.at))


# ---------------------------------------------------------------- who is suggested


def test_who_is_away_or_full_is_not_suggested(world):
    nora, omar = handler(world, "nora", "Nora Quist"), handler(world, "omar", "Omar Reed")
    complaint = builders.a_complaint(world)
    busy = builders.a_complaint(world)
    actions.assign(busy, nora, by=world.as_(world.uma), at=world.at)
    set_capacity(nora, 1, by=world.as_(world.uma), at=world.at)
    day = world.at.date()
    record_absence(omar, starts_on=day, ends_on=day + timedelta(days=3), substitute=None, by=SYSTEM, at=world.at)
    found, first = ranked(world, complaint)
    facts = {each.person: (each.load, each.is_full, each.away_until) for each in found}
    assert facts[nora] == (1, True, None)
    assert facts[omar] == (0, False, day + timedelta(days=3))
    assert first not in {nora, omar}
    assert [each.person for each in found][-2:] == [nora, omar]


def test_the_preferred_come_before_those_who_speak_the_language(world):
    nora, omar = handler(world, "nora", "Nora Quist"), handler(world, "omar", "Omar Reed")
    type(omar).objects.filter(pk=omar.pk).update(language="et")
    complaint = builders.a_complaint(world, language="et")
    assert ranked(world, complaint)[1] == omar
    add_routing_rule(world.water, language="et", preferred=[nora], by=world.as_(world.clara), at=world.at)
    assert ranked(world, complaint)[1] == nora


def test_the_load_counts_only_what_the_reader_may_see(world):
    nora = handler(world, "nora", "Nora Quist")
    hidden = builders.a_complaint(world)
    actions.name_subject(hidden, world.clara, by=world.as_(world.liis), at=world.at)
    actions.assign(Complaint.objects.get(pk=hidden.pk), nora, by=world.as_(world.uma), at=world.at)
    complaint = builders.a_complaint(world)
    assert {each.person: each.load for each in ranked(world, complaint)[0]}[nora] == 0


# ---------------------------------------------------------------- complaints about the handling


def test_whoever_had_a_part_does_not_get_the_complaint_about_it(world):
    nora = handler(world, "nora", "Nora Quist")
    before = builders.a_complaint(world, Stage.DECIDED)
    complaint = builders.a_complaint(world)
    about = {"is_about_process": True, "about_handling_of": before}
    uma = world.as_(world.uma)
    refused(
        "handler_had_a_part",
        lambda: actions.assess(
            Complaint.objects.get(pk=complaint.pk),
            builders.a_judgement(handler=world.liis, **about),
            by=uma,
            at=world.at,
        ),
    )
    actions.assess(complaint, builders.a_judgement(handler=nora, **about), by=uma, at=world.at)
    complaint = Complaint.objects.get(pk=complaint.pk)
    assert (complaint.handler, complaint.about_handling_of) == (nora, before)
    people = fit_handlers(complaint, world.water, world.at)
    assert nora in people
    assert world.liis not in people
    refused("handler_had_a_part", lambda: actions.assign(complaint, world.liis, by=uma, at=world.at))
    refused("handler_had_a_part", lambda: actions.hand_over(complaint, world.liis, note="Yours", by=uma, at=world.at))


def test_a_handler_who_had_a_part_does_not_keep_it(world):
    before = builders.a_complaint(world, Stage.ASSESSED)
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    about = builders.a_judgement(is_about_process=True, about_handling_of=before)
    uma = world.as_(world.uma)
    refused("handler_had_a_part", lambda: actions.assess(complaint, about, by=uma, at=world.at))
    itself = builders.a_judgement(is_about_process=True, about_handling_of=complaint)
    refused("about_itself", lambda: actions.assess(complaint, itself, by=uma, at=world.at))


def test_a_capacity_is_a_number_or_nothing(world):
    uma = world.as_(world.uma)
    refused("capacity_wrong", lambda: set_capacity(world.liis, 0, by=uma, at=world.at))
    refused("not_permitted", lambda: set_capacity(world.liis, 5, by=world.as_(world.liis), at=world.at))
    set_capacity(world.liis, 5, by=uma, at=world.at)
    refused("unchanged", lambda: set_capacity(world.liis, 5, by=uma, at=world.at))
    set_capacity(world.liis, None, by=uma, at=world.at)
    assert not Capacity.objects.exists()

"""The assessment: safety first, the result before it is saved, and nobody chosen who may not handle it."""

import re

import pytest

from amends.complaints import actions
from amends.complaints.models import Assessment, Complaint
from amends.complaints.stages import Stage
from amends.framework.models import Category, Product
from tests import builders
from tests.workspace.complaint.conftest import text_of, went_to

ANSWERS = {
    "is_safety": "no",
    "immediate_needed": "no",
    "immediate_possible": "no",
    "immediate_action": "",
    "grid": "2-2",
    "impact_others": "1",
    "impact_organisation": "1",
    "complexity": "simple",
    "pattern": "recurring",
    "title": "Water off without notice",
    "product": "",
    "category": "",
    "handler": "",
    "priority": "",
    "priority_reason": "",
    "note": "",
}


def assess(door, complaint: Complaint, **changes: object):
    world = door.world
    return door.post(world.liis, complaint, "assessment/", **{**ANSWERS, "unit": world.water.pk, **changes})


def test_everything_that_was_answered_is_judged_classified_and_routed(door):
    world = door.world
    complaint = builders.a_complaint(world)
    product, category = Product.objects.get(code="our-services"), Category.objects.get(code="poor-service")
    answer = assess(
        door,
        complaint,
        is_safety="yes",
        immediate_needed="yes",
        immediate_possible="yes",
        immediate_action="Bottled water brought",
        grid="4-4",
        impact_others="3",
        complexity="several_teams",
        compensation_likely="on",
        is_about_process="on",
        product=product.code,
        category=category.code,
        segment="Households",
        handler=world.liis.pk,
        note="A dialysis machine.",
    )
    assert went_to(answer, complaint)
    complaint.refresh_from_db()
    assert (complaint.stage, complaint.priority, complaint.is_safety) == (Stage.ASSESSED, 1, True)
    assert (complaint.handler, complaint.lead_unit, complaint.pattern) == (world.liis, world.water, "recurring")
    assert (complaint.title, complaint.product, complaint.is_about_process) == (
        "Water off without notice",
        product,
        True,
    )
    assert complaint.segment == "Households"
    assert "Households" in text_of(door.get(world.liis, complaint))
    made = Assessment.objects.get(complaint=complaint)
    assert (made.severity, made.impact_complainant, made.impact_others, made.impact_organisation) == (4, 4, 3, 1)
    assert (made.immediate_action, made.compensation_likely, made.note) == (
        "Bottled water brought",
        True,
        "A dialysis machine.",
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"is_safety": ""}, "Say whether anyone could be harmed"),
        ({"immediate_needed": ""}, "Say whether immediate action is needed"),
        ({"grid": ""}, "Pick a cell"),
        ({"grid": "9-9"}, "Select a valid choice"),
        ({"impact_others": "7"}, "Select a valid choice"),
        ({"complexity": ""}, "Choose how complex it is"),
        ({"title": " "}, "Give the complaint a title"),
        ({"title": "x" * 161}, "Shorten this to 160 characters"),
        ({"immediate_needed": "yes", "immediate_possible": "yes"}, "Write down what was done at once"),
        ({"priority": "1"}, "Say why this complaint has another priority"),
        ({"unit": "9999"}, "Select a valid choice"),
        ({"seen": ""}, "the form did not arrive whole"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_saved(door, unchanged, changes, words):
    complaint = builders.a_complaint(door.world)
    same = unchanged(complaint)
    answer = assess(door, complaint, **changes)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "<title>Error:" in text_of(answer)
    assert same()


def test_another_priority_with_a_reason_is_kept_as_such(door):
    complaint = builders.a_complaint(door.world)
    assert went_to(assess(door, complaint, priority="1", priority_reason="The press asks."), complaint)
    made = Assessment.objects.get(complaint=complaint)
    assert (made.suggested_priority, made.priority, made.priority_reason) == (3, 1, "The press asks.")
    page = text_of(door.get(door.world.liis, complaint, "assessment/"))
    assert '<option value="1" selected>P1</option>' in page
    assert 'value="The press asks."' in page


def test_the_result_is_shown_without_saving_and_nothing_typed_is_lost(door, unchanged):
    complaint = builders.a_complaint(door.world)
    same = unchanged(complaint)
    answer = assess(door, complaint, look="1", grid="3-1", impact_organisation="4", title="", note="Half a sen")
    page = text_of(answer)
    assert answer.status_code == 200
    assert "Priority 1, urgent" in re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL)
    assert "Half a sen" in page
    assert "error-summary" not in page
    assert "23 March 2026" in page
    assert same()


def test_the_result_follows_safety_even_before_a_cell_is_picked(door):
    answer = assess(door, builders.a_complaint(door.world), look="1", grid="", is_safety="yes")
    assert "Priority 1, urgent" in re.sub(r"<template.*?</template>", "", text_of(answer), flags=re.DOTALL)


def handlers(page: str) -> set[str]:
    return set(re.findall(r"<option[^>]*>([A-Z]\w+ \w+) \(", page.partition('id="handlers"')[2]))


def test_only_those_who_may_handle_it_are_offered_with_their_load(door):
    world = door.world
    builders.a_complaint(world, Stage.INVESTIGATING, text="Another one.")
    complaint = builders.a_complaint(world)
    page = text_of(door.get(world.liis, complaint, "assessment/"))
    assert handlers(page) == {"Liis Tamm", "Uma Patel", "Clara Whitfield"}
    assert "Liis Tamm (1 open" in page
    assert "Uma Patel (nothing open)" in page
    actions.name_subject(complaint, world.uma, by=world.as_(world.clara), at=world.at)
    assert "Uma Patel" not in text_of(door.get(world.clara, complaint, "assessment/")).partition('id="handlers"')[2]


def test_the_handlers_of_another_unit_are_shown_when_it_is_chosen(door):
    world = door.world
    complaint = builders.a_complaint(world)
    page = text_of(assess(door, complaint, look="1", unit=world.energy.pk))
    assert handlers(page) == {"Bruno Keller", "Clara Whitfield"}
    wrong = assess(door, complaint, unit=world.energy.pk, handler=world.liis.pk)
    assert wrong.status_code == 422
    assert "Choose somebody who handles complaints of this unit" in text_of(wrong)


def test_routed_elsewhere_it_leads_to_the_queue_because_it_cannot_be_seen_any_more(door):
    world = door.world
    complaint = builders.a_complaint(world)
    answer = assess(door, complaint, unit=world.energy.pk, handler=world.bruno.pk)
    assert answer["Location"] == "/staff/"
    complaint.refresh_from_db()
    assert (complaint.lead_unit, complaint.handler) == (world.energy, world.bruno)


def test_the_complaint_says_danger_and_safety_is_chosen_already(door):
    world = door.world
    page = text_of(door.get(world.liis, builders.a_complaint(world, said_danger=True), "assessment/"))
    assert re.search(r'name="is_safety" value="yes"[^>]*checked', page)
    calm = text_of(door.get(world.liis, builders.a_complaint(world, text="Calm."), "assessment/"))
    assert not re.search(r'name="is_safety"[^>]*checked', calm)


def test_assessing_again_starts_from_the_last_one_and_adds_a_version(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    page = text_of(door.get(world.liis, complaint, "assessment/"))
    assert "Assess again" in page
    assert re.search(r'value="2-2"[^>]*checked', page)
    assert went_to(assess(door, complaint, grid="3-2"), complaint)
    assert Assessment.objects.filter(complaint=complaint).count() == 2
    complaint.refresh_from_db()
    assert complaint.stage == Stage.INVESTIGATING


def test_saving_and_asking_leads_to_the_composer(door):
    complaint = builders.a_complaint(door.world)
    assert assess(door, complaint, ask="1")["Location"].endswith(f"{complaint.reference}/#composer")


def test_somebody_was_faster_both_versions_are_shown_and_the_text_is_kept(door):
    world = door.world
    complaint = builders.a_complaint(world)
    seen = complaint.version
    actions.assess(
        complaint, builders.a_judgement(severity=4, title="Title by Uma"), by=world.as_(world.uma), at=world.at
    )
    answer = assess(door, complaint, seen=seen, grid="1-1", title="Title by Liis")
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Changed by Uma Patel" in page
    assert "Title by Uma" in page
    assert 'value="Title by Liis"' in page
    assert "Severity Critical, impact One household: priority 1" in page.partition("stale-title")[2]
    assert f'name="seen" value="{seen + 1}"' in page
    assert went_to(assess(door, complaint, seen=seen + 1, grid="1-1", title="Title by Liis"), complaint)
    assert Assessment.objects.filter(complaint=complaint).count() == 2

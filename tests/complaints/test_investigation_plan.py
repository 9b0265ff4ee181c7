"""How deep an investigation goes, and its plan: proposed, chosen with reasons, and every version kept."""

from datetime import timedelta
from itertools import product

import pytest

from amends.complaints import actions
from amends.complaints.depth import A_PATTERN, Level, Signs, repeats_of, suggested
from amends.complaints.models import (
    Contact,
    InvestigationLevel,
    Issue,
    Party,
    PlanAnswer,
    PlanQuestion,
    ScopeDecision,
    Wall,
)
from amends.complaints.models.assessment import Complexity
from amends.complaints.stages import Stage
from amends.framework.models import Category
from amends.journal.models import Entry
from amends.kit.refusal import Refusal
from tests import builders

pytestmark = pytest.mark.django_db
ORDER = list(Level)


def refused(code, call):
    with pytest.raises(Refusal) as caught:
        call()
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("severity", "is_safety", "complexity", "repeats", "level"),
    [
        (1, False, Complexity.SIMPLE, 0, Level.QUICK),
        (1, False, Complexity.SIMPLE, 1, Level.STANDARD),
        (2, False, Complexity.SIMPLE, 0, Level.STANDARD),
        (1, False, Complexity.SEVERAL_TEAMS, 0, Level.STANDARD),
        (1, False, Complexity.SPECIALIST, 0, Level.FULL),
        (3, False, Complexity.SIMPLE, 0, Level.FULL),
        (1, True, Complexity.SIMPLE, 0, Level.FULL),
        (3, False, Complexity.SIMPLE, 1, Level.ROOT_CAUSE),
        (1, True, Complexity.SIMPLE, 1, Level.ROOT_CAUSE),
        (1, False, Complexity.SIMPLE, A_PATTERN, Level.ROOT_CAUSE),
    ],
)
def test_the_level_follows_seriousness_and_frequency(severity, is_safety, complexity, repeats, level):
    assert suggested(Signs(severity, is_safety, complexity, repeats)) == level


def test_worse_is_never_looked_at_less_deep():
    for severity, is_safety, complexity, repeats in product((1, 2, 3), (False, True), Complexity, range(5)):
        here = ORDER.index(suggested(Signs(severity, is_safety, complexity, repeats)))
        assert ORDER.index(suggested(Signs(severity + 1, is_safety, complexity, repeats))) >= here
        assert ORDER.index(suggested(Signs(severity, True, complexity, repeats))) >= here
        assert ORDER.index(suggested(Signs(severity, is_safety, complexity, repeats + 1))) >= here


def test_repeats_are_alike_lately_and_not_behind_a_wall(world):
    at, day = world.at, timedelta(days=1)
    other = Category.objects.exclude(code="poor-service").filter(parent__isnull=True).first()
    late, early = (builders.a_receipt(world, at=at - days * day).complaint for days in (2, 89))
    builders.a_receipt(world, at=at - 91 * day)
    builders.a_receipt(world, at=at - 3 * day, category=other)
    builders.a_receipt(world, at=at - 3 * day, product=None, unit=world.water)
    actions.rule_out(
        builders.a_receipt(world, at=at - 3 * day).complaint,
        reason=ScopeDecision.Reason.NOT_US,
        where_to_go="Elsewhere.",
        by=world.as_(world.liis),
        at=at,
    )
    complaint = builders.a_receipt(world).complaint
    builders.a_receipt(world, at=at + day)
    liis = world.as_(world.liis)
    assert repeats_of(complaint, before=complaint.received_at, by=liis) == 2
    Wall.objects.create(complaint=late, person=world.liis, why="declared", since=at)
    assert repeats_of(complaint, before=complaint.received_at, by=liis) == 1
    assert repeats_of(early, before=early.received_at, by=liis) == 1  # the one of two days more


def test_what_the_same_person_complained_of_lately_counts_too(world):
    at, day = world.at, timedelta(days=1)
    other = Category.objects.exclude(code="poor-service").filter(parent__isnull=True).first()
    earlier = builders.a_receipt(world, at=at - 5 * day, category=other).complaint
    long_ago = builders.a_receipt(world, at=at - 100 * day, category=other).complaint
    complaint = builders.a_receipt(world).complaint
    liis = world.as_(world.liis)
    assert repeats_of(complaint, before=complaint.received_at, by=liis) == 0
    mari = Contact.objects.create(name="Mari Saar", name_key="mari saar", since=at)
    Party.objects.filter(complaint__in=[earlier, long_ago, complaint], role="complainant").update(contact=mari)
    assert repeats_of(complaint, before=complaint.received_at, by=liis) == 1


def test_it_opens_at_the_proposed_level_without_a_word_and_at_another_with_a_reason(world):
    liis = world.as_(world.liis)
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    refused("reason_needed", lambda: actions.investigate(complaint, level=Level.FULL, by=liis, at=world.at))
    assert not InvestigationLevel.objects.exists()
    actions.investigate(complaint, level=Level.FULL, reason="A neighbour said the same.", by=liis, at=world.at)
    chosen = InvestigationLevel.objects.get()
    assert (chosen.level, chosen.suggested, chosen.repeats, chosen.version) == ("full", "standard", 0, 1)
    entry = Entry.objects.get(event="complaints.investigation_opened")
    assert (entry.facts["level"], entry.facts["suggested_level"]) == ("full", "standard")
    assert "neighbour" not in str(entry.facts)


def test_the_level_changes_with_a_reason_and_the_earlier_one_stays(world):
    liis = world.as_(world.liis)
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    refused("reason_needed", lambda: change(complaint, Level.FULL, " ", liis, world))
    refused("level_unchanged", lambda: change(complaint, Level.STANDARD, "Still", liis, world))
    complaint.refresh_from_db()
    change(complaint, Level.ROOT_CAUSE, "Four streets had it.", liis, world)
    rows = InvestigationLevel.objects.order_by("version").values_list("version", "level", "reason")
    assert list(rows) == [(1, "standard", ""), (2, "root_cause", "Four streets had it.")]


def change(complaint, level, reason, by, world):
    return actions.change_level(complaint, level=level, reason=reason, by=by, at=world.at)


def test_a_question_is_planned_and_answered_with_a_source_in_versions(world):
    liis, complaint = world.as_(world.liis), builders.a_complaint(world, Stage.INVESTIGATING, points=2)
    issue = Issue.objects.get(complaint=complaint, number=2)
    for text in ("Where did the notice go?", "Who printed it?"):
        actions.plan_question(complaint, issue, text=text, source="Print shop", by=liis, at=world.at)
    question = PlanQuestion.objects.get(issue=issue, number=1)
    question.issue.complaint = complaint

    def answered(text, source):
        return actions.answer_question(question, text=text, source=source, by=liis, at=world.at)

    refused("source_needed", lambda: answered("To Harbour Street.", " "))
    refused("text_needed", lambda: answered(" ", "Delivery note"))
    answered("To Harbour Street.", "Delivery note 12")
    answered("To both streets.", "Delivery notes 12 and 13")
    rows = PlanAnswer.objects.order_by("version").values_list("version", "is_current", "text")
    assert list(rows) == [(1, False, "To Harbour Street."), (2, True, "To both streets.")]
    told = Entry.objects.filter(event="complaints.question_answered").order_by("id")
    assert [(row.facts["number"], row.facts["question"], row.facts["version"]) for row in told] == [
        (2, 1, 1),
        (2, 1, 2),
    ]


def test_two_who_answer_one_question_at_once_the_second_is_told(world):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    issue = Issue.objects.get(complaint=complaint)
    liis, uma, seen = world.as_(world.liis), world.as_(world.uma), complaint.version
    actions.plan_question(complaint, issue, text="Why?", source="", by=liis, at=world.at, seen=seen)
    refused(
        "stale",
        lambda: actions.plan_question(complaint, issue, text="Who?", source="", by=uma, at=world.at, seen=seen),
    )
    assert PlanQuestion.objects.count() == 1


def test_a_point_of_another_complaint_gets_no_question(world):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    elsewhere = Issue.objects.get(complaint=builders.a_complaint(world))
    refused(
        "issue_elsewhere",
        lambda: actions.plan_question(
            complaint, elsewhere, text="Why?", source="", by=world.as_(world.liis), at=world.at
        ),
    )

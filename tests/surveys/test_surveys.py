"""Who is asked how they found the handling, what they answer, and what of it is told."""

from datetime import timedelta

import pytest
from django.core import mail

from amends.complaints import actions
from amends.complaints.intake import Contact
from amends.complaints.ledger import LedgerFilter, ledger_sums
from amends.complaints.models import Complaint, Letter, Remedy
from amends.complaints.permissions import visible_to
from amends.complaints.stages import Stage
from amends.complaints.what_if.question import Among
from amends.complaints.workload import loads_by_handler
from amends.framework.models import Organisation
from amends.framework.queries import the_organisation
from amends.journal.models import Entry
from amends.kit import clock
from amends.kit.invariants import all_invariants
from amends.kit.refusal import Refusal
from amends.people.standing import SYSTEM
from amends.reactions import sweeping
from amends.reactions.worker import drain
from amends.surveys.actions import (
    Said,
    answer,
    change_rule,
    draw,
    end_simulation,
    enter,
    judge_simulated,
    mark_simulated,
)
from amends.surveys.models import Dimension, Survey, SurveyAnswer
from amends.surveys.results import comments_in, results_of
from amends.surveys.sampling import Rule, number_of, rule_now
from amends.surveys.turning import turn
from tests import builders
from tests.cast import World

DAY = timedelta(days=1)
ALL_GOOD = dict.fromkeys(Dimension.values, 4)


def asks(world: World, **changes: object) -> None:
    rule = Rule(**{"is_on": True, "version": 0, **changes})  # type: ignore[arg-type]
    change_rule(rule, by=world.as_(world.clara), at=world.at)


def ended(world: World, name: str = "Mari", **changes: object) -> Complaint:
    given = {"complainant": Contact(name=name, email=f"{name.lower()}@example.org", contact_by="email"), **changes}
    return builders.a_complaint(world, Stage.CLOSED, **given)


def drawn(world: World, complaint: Complaint) -> Survey:
    survey = draw(complaint, "closed", by=SYSTEM, at=world.at)
    assert survey is not None
    return survey


def asked(world: World, *complaints: Complaint) -> list[Survey]:
    """Surveys that are open, four days later."""
    found = [drawn(world, complaint) for complaint in complaints]
    turn(world.at + 4 * DAY)
    for survey in found:
        survey.refresh_from_db()
    return found


def says(survey: Survey, at, **said: object) -> SurveyAnswer:
    by = builders.the_complainant(survey.complaint)
    return answer(survey, Said(**{"scores": ALL_GOOD, "language": "en", **said}), by=by, at=at)  # type: ignore[arg-type]


def test_a_closed_complaint_leads_to_a_question_by_mail_and_its_end_is_counted(world: World) -> None:
    asks(world, wait_days=0, open_days=10)
    complaint = ended(world)
    drain()
    survey = Survey.objects.get(complaint=complaint)
    assert (survey.state, survey.why, survey.number) == ("planned", "", number_of(complaint.reference, 1))
    now = clock.now()
    sweeping.sweep("test", now)
    survey.refresh_from_db()
    assert (survey.state, survey.channel) == ("open", "email")
    mail.outbox.clear()
    drain()
    sent = [each for each in mail.outbox if "How did we handle" in each.subject]
    assert [each.to for each in sent] == [["mari@example.org"]]
    assert "/en/track/" in sent[0].body
    assert complaint.title not in sent[0].body
    turn(now + 11 * DAY)
    survey.refresh_from_db()
    assert (survey.state, survey.answered_at) == ("ended", None)
    events = Entry.objects.filter(event__startswith="surveys.").order_by("id").values_list("event", flat=True)
    assert list(events) == ["surveys.rule_changed", "surveys.drawn", "surveys.opened", "surveys.ended"]


def test_who_asked_for_post_gets_a_letter(world: World) -> None:
    asks(world)
    post = Contact(name="Mari Saar", address="Mill Lane 1", contact_by="post")
    [survey] = asked(world, ended(world, complainant=post))
    assert survey.channel == "post"
    before = Letter.objects.count()
    drain()
    letters = Letter.objects.filter(message__text__contains="five short questions")
    assert (letters.count(), Letter.objects.count() - before >= 1) == (1, True)
    text = letters.get().message.text
    assert [text.count(each) for each in ("[  ] Very good", "1. How did we handle", "5. How do you find")] == [5, 1, 1]


def test_what_is_said_on_the_telephone_is_entered_by_somebody_who_did_not_handle_it(world: World) -> None:
    asks(world)
    phone = Contact(name="Mari Saar", phone="+372 5555 0142", contact_by="phone")
    [survey] = asked(world, ended(world, complainant=phone))
    assert survey.channel == "phone"
    later, said = world.at + 5 * DAY, Said(ALL_GOOD, "Slow.", "en")
    liis, mark, clara = (world.as_(each) for each in (world.liis, world.mark, world.clara))
    for by, came, code in ((liis, "phone", "own_handling"), (clara, "page", "way_needed"), (mark, "post", "own_hand")):
        with pytest.raises(Refusal, match=code):
            enter(survey, said, came=came, by=by, at=later)
    with pytest.raises(Refusal, match="not_permitted"):
        enter(survey, said, came="phone", by=world.as_(world.dario), at=later)
    with pytest.raises(Refusal, match="survey_over"):
        enter(survey, said, came="phone", by=clara, at=later + 60 * DAY)
    kept = enter(survey, said, came="phone", by=clara, at=later)
    assert (kept.came, kept.entered_by, kept.is_of_own_handling, kept.handling) == ("phone", world.clara, False, 4)
    with pytest.raises(Refusal, match="answered_already"):
        enter(survey, said, came="post", by=clara, at=later)
    entry = Entry.objects.get(event="surveys.answered")
    assert entry.facts == {"came": "phone", "is_of_own_handling": False, "version": 1}
    # What they say themselves afterwards is theirs.
    assert says(survey, later).came == "page"
    [alone] = asked(world, ended(world, "Ann", complainant=Contact(name="Ann", phone="+372 1", contact_by="phone")))
    Organisation.objects.update(profile="small")
    assert enter(alone, said, came="phone", by=liis, at=later).is_of_own_handling


@pytest.mark.parametrize(
    ("rule", "why"),
    [({"share": 1}, "share"), ({"never": ("poor-service",)}, "category"), ({}, "")],
)
def test_the_rule_says_who_is_not_asked_and_it_is_recorded(world: World, rule: dict, why: str) -> None:
    asks(world, **rule)
    # Somebody whose number lies at 1 or above is found within a few.
    complaint = next(c for c in (ended(world, f"P{n}") for n in range(5)) if number_of(c.reference, 1) >= 1)
    survey = drawn(world, complaint)
    assert (survey.state, survey.why) == ("not_asked" if why else "planned", why)
    assert drawn(world, complaint).pk == survey.pk  # a reaction that runs twice draws once
    assert Entry.objects.filter(event="surveys.drawn").count() == 1


def test_without_a_rule_nobody_is_asked_and_at_another_moment_neither(world: World) -> None:
    complaint = ended(world)
    assert draw(complaint, "closed", by=SYSTEM, at=world.at) is None
    asks(world, moment="decided")
    assert draw(complaint, "closed", by=SYSTEM, at=world.at) is None
    assert not Survey.objects.exists()


def test_nobody_is_asked_twice_within_the_days_of_the_rule(world: World) -> None:
    asks(world)
    first, second = asked(world, ended(world), ended(world, complainant=Contact(name="M", email="MARI@example.org")))
    assert (first.state, second.state, second.why) == ("open", "not_asked", "lately")


def test_what_was_taken_up_again_is_dropped_and_asked_when_it_ends_again(world: World) -> None:
    asks(world)
    complaint = ended(world)
    survey = drawn(world, complaint)
    actions.reopen(complaint, reason="The notice came again.", by=world.as_(world.clara), at=world.at)
    turn(world.at + 4 * DAY)
    survey.refresh_from_db()
    assert (survey.state, survey.why) == ("dropped", "reopened")
    Complaint.objects.filter(pk=complaint.pk).update(stage=Stage.CLOSED)
    assert drawn(world, complaint).state == "planned"
    assert Survey.objects.count() == 1


def test_an_answer_is_changed_until_the_survey_is_over_and_stands_in_no_journal(world: World) -> None:
    asks(world)
    [survey] = asked(world, ended(world))
    later = world.at + 5 * DAY
    says(survey, later, scores={"handling": 2}, comment="  Slow.\x00 ")
    kept = says(survey, later + DAY, scores={"courtesy": 5})
    assert (kept.handling, kept.courtesy, kept.comment, kept.version) == (None, 5, "", 2)
    for entry in Entry.objects.filter(event="surveys.answered"):
        assert set(entry.facts) == {"version", "came", "is_of_own_handling"}
    for said, code in (({"scores": {}}, "nothing_said"), ({"scores": {"handling": 6}}, "score_wrong")):
        with pytest.raises(Refusal, match=code):
            says(survey, later, **said)
    with pytest.raises(Refusal, match="survey_over"):
        says(survey, world.at + 60 * DAY)
    with pytest.raises(Refusal, match="not_permitted"):
        answer(survey, Said(ALL_GOOD), by=world.as_(world.clara), at=later)
    other = builders.the_complainant(ended(world, "Ann"))
    with pytest.raises(Refusal, match="not_permitted"):
        answer(survey, Said(ALL_GOOD), by=other, at=later)


def test_figures_show_months_that_are_over_and_never_fewer_than_five(world: World) -> None:
    asks(world, open_days=10, apart_days=0)
    surveys = asked(world, *(ended(world, f"P{n}") for n in range(7)))
    for place, survey in enumerate(surveys[:6]):
        scores = {"handling": 5} if place < 4 else {"handling": 1, "outcome": 2}
        says(survey, world.at + 5 * DAY, scores=scores, comment="Friendly" if place == 0 else "")
    # Six answered in March and one in April alone.
    Survey.objects.filter(pk=surveys[5].pk).update(closes_at=world.at + 40 * DAY)
    zone, clara = the_organisation().zone, visible_to(world.as_(world.clara))
    assert results_of(clara, world.at + 20 * DAY, zone).periods == ()  # the month is not over
    results = results_of(clara, world.at + 90 * DAY, zone)
    [period] = results.periods
    by = {scores.dimension: scores for scores in period.scores}
    assert (period.code, period.asked, period.answered) == ("2026-03", 6, 5)
    assert (by["handling"].given, by["handling"].is_hidden) == ((1, 0, 0, 0, 4), False)
    assert by["outcome"].is_hidden
    assert (results.asked, results.answered, results.not_yet) == (7, 6, 1)
    assert [each.comment for each in comments_in(clara, period, zone)] == ["Friendly"]
    # Whoever is walled off counts nothing of it: with four left there is nothing to see.
    for survey in surveys[:2]:
        actions.declare_conflict(survey.complaint, world.uma, reason="Kin", by=world.as_(world.uma), at=world.at)
    assert results_of(visible_to(world.as_(world.uma)), world.at + 90 * DAY, zone).periods == ()


def _figures(seen, clara, today, at) -> tuple[int, int, int]:
    """How many open complaints are counted, how many promises summed up, and how many complaints asked what if."""
    loads = sum(load.open for load in loads_by_handler(seen, at))
    sums = sum(each.count for each in ledger_sums(LedgerFilter().of(clara, today)))
    return loads, sums, Among().of(seen).count()


def test_a_simulated_complaint_counts_nowhere_and_nobody_is_asked(world: World) -> None:
    asks(world)
    [survey] = asked(world, ended(world))
    says(survey, world.at + 5 * DAY)
    clara, zone = world.as_(world.clara), the_organisation().zone
    row = mark_simulated(survey.complaint, scenario="Asks for a refund", reason="Yearly", by=clara, at=world.at)
    survey.refresh_from_db()
    assert (survey.state, survey.complaint.is_simulated) == ("dropped", True)
    assert results_of(visible_to(clara), world.at + 90 * DAY, zone).asked == 0
    with pytest.raises(Refusal, match="marked_already"):
        mark_simulated(survey.complaint, scenario="Again", reason="Again", by=clara, at=world.at)
    with pytest.raises(Refusal, match="not_permitted"):
        mark_simulated(ended(world, "Ann"), scenario="x", reason="x", by=world.as_(world.liis), at=world.at)
    # Of two alike only the real one counts: in sums of remedies, what-if and what likeness is told by. Work are both.
    real, made_up = (builders.a_complaint(world, Stage.ACCEPTED, text=f"No {n}", remedies=1) for n in range(2))
    Remedy.objects.filter(complaint__in=[real, made_up]).update(value=500, currency="GBP")
    seen, today = visible_to(clara), world.at.date()
    figures = [_figures(seen, clara, today, world.at)]
    again = mark_simulated(made_up, scenario="Accepts all", reason="Yearly", by=clara, at=world.at)
    figures.append(_figures(seen, clara, today, world.at))
    end_simulation(again, reason="It was real", by=clara, at=world.at)
    figures.append(_figures(seen, clara, today, world.at))
    assert figures == [(2, 2, 3), (2, 1, 2), (2, 2, 3)]
    assert list(Complaint.objects.real().filter(pk__in=[real.pk, survey.complaint_id])) == [real]
    judge_simulated(row, result="Answered within a day.", by=clara, at=world.at)
    with pytest.raises(Refusal, match="judged_already"):
        end_simulation(row, reason="real", by=clara, at=world.at)
    names = [each for each in all_invariants() if each.name.startswith("surveys.")]
    assert [list(each.check()) for each in names] == [[], [], []]


def test_two_changes_of_the_rule_at_once_are_not_both_kept(world: World) -> None:
    asks(world)
    clara = world.as_(world.clara)
    with pytest.raises(Refusal, match="stale"):
        change_rule(Rule(is_on=False), by=clara, at=world.at, seen=0)
    with pytest.raises(Refusal, match="unchanged"):
        change_rule(Rule(is_on=True), by=clara, at=world.at, seen=1)
    with pytest.raises(Refusal, match="number_wrong"):
        change_rule(Rule(is_on=True, share=101), by=clara, at=world.at)
    assert rule_now().version == 1

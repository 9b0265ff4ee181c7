"""Top management hears of significant complaints at once, and it is known when they read of it and what they did."""

from datetime import timedelta

import pytest
from django.core import mail

from amends.complaints import actions
from amends.complaints.models import SignificantAlert, SignificantReader
from amends.complaints.stages import Stage
from amends.framework.actions.change_significance import change_significance
from amends.framework.models import Significance
from amends.framework.significance import Criteria, Why
from amends.journal.models import Entry
from amends.people.actions import record_absence
from amends.people.standing import SYSTEM
from amends.reactions import worker
from tests import builders
from tests.complaints.test_guards import refused

pytestmark = pytest.mark.django_db


def assessed(world, *, by=None, **changes):
    """A complaint that Liis has judged like this."""
    complaint = builders.a_complaint(world)
    actions.assess(complaint, builders.a_judgement(**changes), by=world.as_(by or world.liis), at=world.at)
    return complaint


def told_of(complaint):
    rows = SignificantReader.objects.filter(alert__complaint=complaint).order_by("person__name")
    return list(rows.values_list("person__name", flat=True))


@pytest.mark.parametrize(
    ("judged", "why"),
    [
        ({}, []),
        ({"severity": 3}, []),
        ({"severity": 4}, ["severity"]),
        ({"is_safety": True}, ["safety"]),
        ({"people_affected": 49}, []),
        ({"people_affected": 50}, ["people"]),
        ({"immediate_needed": True, "immediate_possible": True, "immediate_action": "Valve shut"}, []),
        ({"immediate_needed": True}, ["blocked_action"]),
        ({"severity": 4, "is_safety": True, "people_affected": 900}, ["severity", "safety", "people"]),
    ],
)
def test_each_criterion_raises_the_alert(world, judged, why):
    complaint = assessed(world, **judged)
    assert [alert.why for alert in complaint.significant_alerts.all()] == ([why] if why else [])
    assert (complaint.significant_at is not None) == bool(why)
    entry = Entry.objects.filter(event="complaints.assessed").latest("id")
    assert (entry.facts["alert"], entry.facts["significant"]) == (1 if why else 0, why)


def test_top_management_and_the_representative_are_told_by_mail(world):
    complaint = assessed(world, severity=4)
    assert told_of(complaint) == ["Clara Whitfield", "Tom Okafor"]
    worker.drain()
    told = [m for m in mail.outbox if m.subject == f"Significant complaint: {complaint.reference}"]
    assert sorted(m.to[0] for m in told) == ["clara@larkhaven.example", "tom@larkhaven.example"]
    assert all(complaint.title not in m.body and f"/staff/complaints/{complaint.reference}/" in m.body for m in told)


def test_the_unit_manager_is_told_too_where_nothing_can_be_done_at_once(world):
    complaint = assessed(world, immediate_needed=True)
    assert told_of(complaint) == ["Clara Whitfield", "Tom Okafor", "Uma Patel"]


def test_nobody_hears_the_same_twice_but_everybody_hears_of_more(world):
    complaint = assessed(world, severity=4)
    liis = world.as_(world.liis)
    actions.assess(complaint, builders.a_judgement(severity=4), by=liis, at=world.at)
    assert complaint.significant_alerts.count() == 1
    actions.assess(complaint, builders.a_judgement(severity=4, is_safety=True), by=liis, at=world.at)
    assert [alert.why for alert in complaint.significant_alerts.order_by("number")] == [["severity"], ["safety"]]


def test_whom_the_complaint_is_about_is_not_told(world):
    complaint = builders.a_complaint(world)
    actions.name_subject(complaint, world.tom, by=world.as_(world.clara), at=world.at)
    actions.assess(complaint, builders.a_judgement(severity=4), by=world.as_(world.liis), at=world.at)
    assert told_of(complaint) == ["Clara Whitfield"]
    worker.drain()
    assert not [m for m in mail.outbox if "tom@larkhaven.example" in m.to and complaint.reference in m.subject]
    refused("not_permitted", lambda: actions.read_significant(complaint, by=world.as_(world.tom), at=world.at))


def test_who_is_away_with_nobody_to_stand_in_is_told_all_the_same(world):
    day = world.at.date()
    record_absence(world.tom, starts_on=day, ends_on=day, substitute=None, by=SYSTEM, at=world.at)
    assert told_of(assessed(world, severity=4)) == ["Clara Whitfield", "Tom Okafor"]


def test_a_substitute_who_could_not_open_it_is_not_told_instead(world):
    day = world.at.date()
    record_absence(world.tom, starts_on=day, ends_on=day, substitute=world.zoe, by=SYSTEM, at=world.at)
    assert told_of(assessed(world, severity=4)) == ["Clara Whitfield", "Tom Okafor"]


def test_everybody_who_may_read_it_can_ring_the_bell(world):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    actions.raise_significant(complaint, reason="It stands in the paper.", by=world.as_(world.mark), at=world.at)
    alert = complaint.significant_alerts.get()
    assert (alert.why, alert.note, alert.raised_by) == (["staff"], "It stands in the paper.", world.mark)
    refused(
        "reason_needed", lambda: actions.raise_significant(complaint, reason=" ", by=world.as_(world.mark), at=world.at)
    )
    refused(
        "not_permitted",
        lambda: actions.raise_significant(complaint, reason="Hm", by=world.as_(world.bruno), at=world.at),
    )


def test_reading_is_noted_for_each_with_the_moment(world):
    complaint = assessed(world, severity=4)
    later = world.at + timedelta(minutes=12)
    tom = world.as_(world.tom)
    assert actions.read_significant(complaint, by=tom, at=later) == 1
    read = dict(SignificantReader.objects.values_list("person__name", "read_at"))
    assert read == {"Tom Okafor": later, "Clara Whitfield": None}
    refused("nothing_unread", lambda: actions.read_significant(complaint, by=tom, at=later))
    refused("nothing_unread", lambda: actions.read_significant(complaint, by=world.as_(world.uma), at=later))


def test_the_first_who_reacts_stands_with_the_time_it_took(world):
    complaint = assessed(world, severity=4)
    later = world.at + timedelta(minutes=90)
    alert = actions.react_to_significant(complaint, reaction="Crew on its way.", by=world.as_(world.tom), at=later)
    assert (alert.reacted_by, alert.reaction, alert.reaction_time) == (
        world.tom,
        "Crew on its way.",
        timedelta(minutes=90),
    )
    assert SignificantReader.objects.get(person=world.tom).read_at == later
    assert Entry.objects.filter(event="complaints.significant_reacted").latest("id").facts["minutes"] == 90
    refused(
        "reacted_already",
        lambda: actions.react_to_significant(complaint, reaction="Me too.", by=world.as_(world.clara), at=later),
    )
    refused(
        "not_permitted",
        lambda: actions.react_to_significant(complaint, reaction="Hm.", by=world.as_(world.liis), at=later),
    )


def test_the_criteria_are_versions_and_hold_from_then_on(world):
    complaint = assessed(world, severity=3)
    row = change_significance(
        Criteria(severity_from=3, people_from=None), by=world.as_(world.clara), at=world.at, seen=0
    )
    assert row.version == 1
    assert not complaint.significant_alerts.exists()
    alert = assessed(world, severity=3).significant_alerts.get()
    assert (alert.why, alert.criteria) == (["severity"], 1)
    assert not assessed(world, people_affected=100_000).significant_alerts.exists()


@pytest.mark.parametrize(
    ("criteria", "code"),
    [
        (Criteria(), "unchanged"),
        (Criteria(severity_from=None, for_safety=False), "criterion_needed"),
        (Criteria(severity_from=5), "severity_unknown"),
        (Criteria(people_from=0), "people_wrong"),
    ],
)
def test_criteria_that_make_no_sense_are_refused(world, criteria, code):
    refused(code, lambda: change_significance(criteria, by=world.as_(world.clara), at=world.at, seen=0))
    assert not Significance.objects.exists()


def test_two_who_change_the_criteria_do_not_overwrite_each_other(world):
    clara = world.as_(world.clara)
    change_significance(Criteria(people_from=10), by=clara, at=world.at, seen=0)
    refused("stale", lambda: change_significance(Criteria(people_from=20), by=clara, at=world.at, seen=0))
    refused(
        "not_permitted", lambda: change_significance(Criteria(people_from=9), by=world.as_(world.liis), at=world.at)
    )


def test_staff_cannot_ring_the_bell_where_that_criterion_is_not_used(world):
    change_significance(Criteria(said_by_staff=False), by=world.as_(world.clara), at=world.at)
    complaint = builders.a_complaint(world)
    refused(
        "criterion_unused",
        lambda: actions.raise_significant(complaint, reason="Hm", by=world.as_(world.liis), at=world.at),
    )


def test_codes_of_the_criteria_are_kept(world):
    assert [why.value for why in Why] == ["severity", "safety", "blocked_action", "people", "staff"]
    assert SignificantAlert.objects.count() == 0

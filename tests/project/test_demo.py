"""The demonstration organisation and its history: every stage, in three languages, through the verbs."""

import re
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from amends.calendars.working_time import WorkingCalendar
from amends.complaints.models import Closure, Communication, Complaint, Deadline, Decision, Party, Wall
from amends.complaints.queries import end_of_today, tracked_by
from amends.complaints.stages import Stage
from amends.correspondence.models import MessageFile, SortedMail
from amends.framework.models import Category, Cause, Product, RemedyKind
from amends.framework.queries import the_organisation
from amends.journal.models import Entry, FollowUp, Pending, Unsealed
from amends.kit.invariants import all_invariants
from amends.kit.refusal import Refusal
from amends.people.models import Absence, Delegation, Person
from amends.people.standing import standing_of
from amends.permissions.roles import Role
from amends.project.demo import loading, roster
from amends.project.demo.days import WorkingDays
from amends.project.demo.planning import trackables
from amends.project.demo.scenarios import SCENARIOS
from amends.project.demo.telling import LANGUAGES, stories

#: A Wednesday afternoon in Tallinn.
NOW = datetime(2026, 11, 18, 13, 0, tzinfo=UTC)
FEW = 20
#: The complaints that came in by mail beside those of the scenarios.
BY_MAIL = 1


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """A small demonstration, loaded once for this file and rolled back afterwards."""
    scratch = tmp_path_factory.mktemp("demonstration")
    elsewhere = override_settings(AMENDS_ANCHORS=scratch / "anchors", AMENDS_FILES_DIR=scratch / "files")
    with django_db_blocker.unblock(), elsewhere, transaction.atomic():
        steps: list[int] = []
        result = loading.load(NOW, count=FEW, advance=steps.append)
        yield SimpleNamespace(result=result, steps=steps)
        transaction.set_rollback(True)


@pytest.fixture
def undone(loaded):
    """What a test changes is taken back before the next one."""
    with transaction.atomic():
        yield loaded
        transaction.set_rollback(True)


def test_what_stories_refer_to_is_in_the_starter_lists(loaded):
    codes = {
        model: set(model.objects.in_use().values_list("code", flat=True))
        for model in (Category, Cause, Product, RemedyKind)
    }
    for story in stories():
        assert story.product in codes[Product]
        assert story.first.category in codes[Category]
        assert set(story.wanted) <= codes[RemedyKind]
        assert {offer.kind for offer in story.offers} <= codes[RemedyKind]
        if not story.out_of_scope:
            assert {story.first.cause, story.second.cause} <= codes[Cause]


def test_every_stage_that_verbs_reach_is_there(loaded):
    assert set(loaded.result.stages) == {stage.value for stage in Stage} - {Stage.MERGED.value, Stage.VOID.value}
    assert loaded.result.stages == dict(Counter(Complaint.objects.values_list("stage", flat=True)))


def test_every_complaint_ended_where_its_scenario_says(loaded):
    every = sum(scenario.count for scenario in SCENARIOS)
    meant = Counter()
    for scenario in SCENARIOS:
        meant[scenario.ends.value] += max(1, round(scenario.count * FEW / every))
    assert len(loaded.steps) == sum(meant.values())
    meant[Stage.RECEIVED.value] += BY_MAIL
    assert loaded.result.stages == dict(meant)
    assert loaded.result.complaints == sum(meant.values())


def test_the_whole_is_about_three_hundred():
    assert 290 <= sum(scenario.count for scenario in SCENARIOS) <= 310


def test_every_closure_reason_and_every_channel_of_the_desk_is_there(loaded):
    assert set(Closure.objects.values_list("reason", flat=True)) == set(Closure.Reason.values)
    assert {"portal", "phone", "in_person"} <= set(Complaint.objects.values_list("channel", flat=True))


def test_a_mail_became_a_complaint_one_waits_and_those_of_machines_are_left_alone(loaded):
    found = Counter(SortedMail.objects.values_list("outcome", "why", "waits"))
    assert found == {
        ("complaint", "", False): 1,
        ("other", "spam", True): 1,
        ("suppressed", "auto_reply", False): 1,
        ("suppressed", "list", False): 1,
    }


def test_half_is_in_english_and_a_quarter_each_in_estonian_and_turkish(loaded):
    shares = {language: loaded.result.languages[language] / loaded.result.complaints for language in LANGUAGES}
    assert shares == pytest.approx({"en": 0.5, "et": 0.25, "tr": 0.25}, abs=0.08)


def test_everything_that_must_always_be_true_is_true(loaded):
    violations = {rule.name: list(rule.check()) for rule in all_invariants()}
    assert not {name: found for name, found in violations.items() if found}


def test_the_history_has_already_been_followed_up_and_is_sealed(loaded):
    assert (Pending.objects.count(), FollowUp.objects.count(), Unsealed.objects.count()) == (0, 0, 0)
    assert Entry.objects.count() == loaded.result.entries > 300


def test_the_journal_tells_the_history_in_order_and_nothing_of_the_future(loaded):
    moments = list(Entry.objects.order_by("pk").values_list("at", flat=True))
    assert max(moments) <= NOW
    # The moments of anonymous people are cut to the minute.
    assert all(later - earlier > timedelta(minutes=-1) for earlier, later in pairwise(moments))
    assert min(Complaint.objects.values_list("received_at", flat=True)) >= NOW - timedelta(days=122)


def test_staff_work_in_working_hours(loaded):
    zone = the_organisation().zone
    decided = [*Decision.objects.values_list("at", flat=True), *Communication.objects.values_list("at", flat=True)]
    for at in decided:
        local = at.astimezone(zone)
        assert local.isoweekday() <= 5, local
        assert time(9) <= local.time() <= time(17, 1), local


def test_some_are_overdue_some_are_due_today_and_most_were_in_time(loaded):
    overdue = Complaint.objects.open().overdue(NOW)
    assert {"decision", "remedy", "review", "acknowledgement", "answer"} == set(
        overdue.values_list("next_due_kind", flat=True)
    )
    today = Complaint.objects.open().filter(next_due_at__gte=NOW, next_due_at__lt=end_of_today(NOW, the_organisation()))
    assert {"decision", "remedy"} <= set(today.values_list("next_due_kind", flat=True))
    met = [deadline.was_late for deadline in Deadline.objects.filter(met_at__isnull=False)]
    assert met.count(True) < len(met) / 10


def test_two_came_twice_and_say_so(loaded):
    again = Complaint.objects.filter(possible_duplicate_of__isnull=False).select_related("possible_duplicate_of")
    assert len(again) == 2
    assert all(one.text_digest == one.possible_duplicate_of.text_digest for one in again)


def test_the_colleague_who_is_complained_about_and_their_manager_stand_behind_walls(loaded):
    subject = Party.objects.get(role=Party.Role.SUBJECT)
    assert subject.person.email == roster.email_of("toomas")
    walled = set(Wall.objects.filter(complaint=subject.complaint).values_list("person__email", flat=True))
    assert {roster.email_of("toomas"), roster.email_of("fiona")} <= walled


def test_somebody_is_away_and_somebody_has_lent_a_role(loaded):
    assert Absence.objects.on(NOW.date()).count() == 1
    assert Delegation.objects.in_force(NOW + timedelta(days=1)).count() == 1


def test_files_are_attached(loaded):
    assert MessageFile.objects.count() == loaded.result.files - SortedMail.objects.count() > 0


def test_texts_are_filled_and_none_repeats_by_chance(loaded):
    digests = Counter(Complaint.objects.values_list("text_digest", flat=True))
    assert sorted(digests.values())[-3:] == [1, 2, 2]
    for complaint in Complaint.objects.prefetch_related("texts"):
        assert not re.search(r"[{}]", complaint.title + complaint.site + "".join(t.text for t in complaint.texts.all()))


def test_everybody_holds_the_role_of_the_roster_and_has_the_printed_password(loaded):
    for key, member in roster.MEMBERS.items():
        person = Person.objects.get(email=roster.email_of(key))
        assert standing_of(person, NOW).holds(member.role)
        assert person.check_password(roster.PASSWORD)
    assert set(roster.main_members()) == set(Role)


def test_the_printed_access_codes_open_their_complaints(loaded):
    found = {known.what: tracked_by(known.reference, known.code) for known in trackables()}
    assert {what: complaint.stage for what, (complaint, _who) in found.items()} == {
        "question": Stage.INVESTIGATING,
        "decision": Stage.COMMUNICATED,
        "closed": Stage.CLOSED,
    }
    assert found["question"][0].waits_for_complainant


def test_loading_twice_is_refused(undone):
    with pytest.raises(Refusal) as refused:
        loading.load(NOW, count=FEW)
    assert refused.value.code == "not_empty"


WORKDAY = ((time(9), time(17)),)
CALENDAR = WorkingCalendar(zone=ZoneInfo("Europe/Tallinn"), week=dict.fromkeys(range(1, 6), WORKDAY))


@given(ahead=st.floats(min_value=-120, max_value=-0.01), hour=st.integers(min_value=0, max_value=24 * 14))
def test_a_position_in_working_days_is_a_moment_of_work_that_has_passed(ahead, hour):
    now = NOW + timedelta(hours=hour)
    days = WorkingDays(now, CALENDAR)
    moment = days.moment(days.now + ahead)
    assert moment <= now
    assert days.position(moment) == pytest.approx(days.now + ahead, abs=1e-4)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-18T08:00", "2026-11-18"),
        ("2026-11-18T14:00", "2026-11-18"),
        ("2026-11-18T16:50", "2026-11-19"),
        ("2026-11-18T21:00", "2026-11-19"),
        ("2026-11-20T18:00", "2026-11-23"),
        ("2026-11-22T12:00", "2026-11-23"),
    ],
)
def test_what_is_due_today_falls_on_the_next_day_on_which_it_can(now, day):
    days = WorkingDays(datetime.fromisoformat(now).replace(tzinfo=CALENDAR.zone), CALENDAR)
    assert days.days[days.due_day()].isoformat() == day

"""What would have been late under other rules: against the slow way, complaint by complaint, and by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.calendars.actions import add_calendar, publish_calendar
from amends.calendars.limits import Limit, Unit, write_limit
from amends.calendars.making import calendar_document
from amends.calendars.models import Calendar, CalendarVersion
from amends.complaints import actions
from amends.complaints.actions.record_history import HistoricComplaint, record_history
from amends.complaints.counting import basis_of, count
from amends.complaints.models import Acknowledgement, Complaint, Deadline
from amends.complaints.models.complaint import Precision
from amends.complaints.permissions import visible_to
from amends.complaints.stages import Stage
from amends.complaints.what_if import recorded
from amends.complaints.what_if.answering import Asking, Show
from amends.complaints.what_if.question import Among, Instead, OtherLimit
from amends.complaints.what_if.replaying import replay
from amends.complaints.what_if.sums import Formula, Sums, Terms
from amends.framework.models import Product, RulePackVersion
from amends.framework.which_calendar import calendar_for
from amends.framework.which_packs import PackClock, rules_of
from amends.kit.canonical import digest
from amends.kit.translated import TranslatedText
from amends.people.standing import SYSTEM
from tests import builders
from tests.complaints.clocks import apply_beside, apply_pack, at, clock

NOW = at(1, month=6)
NOTHING, EVERYTHING = Instead(), Among()
FIVE_DAYS = OtherLimit("decision", Limit(5, Unit.WORKING_DAYS))


@pytest.fixture
def liis(world):
    return world.as_(world.liis)


def told(world, received, communicated, **changes):
    """A complaint that was received and answered at these moments."""
    later = replace(world, at=communicated)
    return builders.a_complaint(later, Stage.COMMUNICATED, remedies=0, **{"at": received, **changes})


def ask(instead=NOTHING, among=EVERYTHING, complaints=None, when=NOW):
    return Asking(Complaint.objects.all() if complaints is None else complaints, among, instead, when)


def answer(*arguments, **named):
    return ask(*arguments, **named).answer()[0]


def verdict(complaint, instead=NOTHING, code="decision", when=NOW):
    """What comes out for the newest clock of that code."""
    found = list(ask(instead, complaints=Complaint.objects.filter(pk=complaint.pk), when=when).verdicts())
    return next((each for each in reversed(found) if each.row.code == code), None)


def day(moment):
    """The day in London, which Larkhaven keeps."""
    return moment.astimezone(ZoneInfo("Europe/London")).date()


def pack(code):
    return RulePackVersion.objects.filter(pack=code).latest("version")


@pytest.fixture
def lives(world, liis):
    """Complaints to which everything happened that moves a date."""
    in_time = told(world, at(2), at(16))
    late = told(world, at(2, 11), at(31))
    paused = builders.a_complaint(world, Stage.INVESTIGATING)
    actions.pause(paused, why="waiting_for_complainant", reason="A bill", by=liis, at=at(4))
    actions.resume(paused, by=liis, at=at(11))
    standing = builders.a_complaint(world, Stage.INVESTIGATING)
    actions.pause(standing, why="waiting_for_complainant", reason="A bill", by=liis, at=at(4))
    extended = builders.a_complaint(world, Stage.INVESTIGATING)
    actions.extend(clock(extended, "decision"), reason="The engineer is ill.", by=liis, at=at(20))
    actions.extend(
        clock(extended, "decision"), reason="She still is.", until=date(2026, 4, 9), by=liis, at=at(1, month=4)
    )
    reviewed = builders.a_complaint(world, Stage.IN_REVIEW)
    withdrawn = builders.a_complaint(world, Stage.WITHDRAWN)
    promised = builders.a_complaint(world, Stage.ACCEPTED, remedies=2)
    still_open = builders.a_complaint(world, Stage.RECEIVED)
    passed = clock(still_open, "decision")
    # Its reminders are over.
    Deadline.objects.filter(pk=passed.pk).update(alarm=Deadline.Alarm.OVERDUE, alarm_at=passed.due_at)
    actions.overdue(clock(still_open, "decision"), by=SYSTEM, at=passed.due_at)
    return [in_time, late, paused, standing, extended, reviewed, withdrawn, promised, still_open]


# ---------------------------------------------------------------- no change


def test_the_past_comes_out_as_it_was_written_down(lives):
    replayed = replay(Complaint.objects.all(), NOW)
    assert (replayed.differences, replayed.deadlines) == (0, Deadline.objects.count())
    assert replayed.deadlines > 20
    found = answer()
    assert (found.differences, found.not_countable) == (0, 0)
    assert found.total.was_late == found.total.would_be_late
    assert (found.total.newly, found.total.no_longer, found.total.gone) == (0, 0, 0)
    recounted = Deadline.objects.filter(owed_by="organisation", pack__isnull=False).exclude(basis__on_pass="lapse")
    assert found.recounted == found.total.judged == recounted.count()


def test_what_was_tampered_with_is_a_difference(lives):
    decision = clock(lives[0], "decision")
    second, day_later = timedelta(seconds=1), timedelta(days=1)
    for column, value in (
        ("due_at", decision.due_at - second),
        ("outer_at", decision.outer_at - second),
        ("overdue_at", decision.due_at + day_later),  # noted as late, and met in time
    ):
        Deadline.objects.filter(pk=decision.pk).update(**{column: value})
        replayed, found = replay(Complaint.objects.all(), NOW), answer()
        assert [each.reference for each in replayed.differing] == [lives[0].reference]
        assert [each.row.reference for each in found.differing] == [lives[0].reference]
        assert (found.differences, replayed.differences) == (1, 1)
        Deadline.objects.filter(pk=decision.pk).update(**{column: getattr(decision, column)})


def test_late_is_what_was_met_or_fell_away_or_still_runs_after_its_date(world, lives):
    in_time, late, *_others, withdrawn, _promised, still_open = lives
    assert not verdict(in_time).was_late
    assert verdict(late).was_late
    assert verdict(late).late_by(NOW) == clock(late, "decision").met_at - clock(late, "decision").due_at
    assert not verdict(withdrawn).was_late
    assert verdict(still_open).was_late
    assert not verdict(still_open, when=clock(still_open, "decision").due_at).was_late
    gone_late = builders.a_complaint(replace(world, at=at(31)), Stage.WITHDRAWN, at=at(2))
    assert verdict(gone_late).was_late


def test_days_that_were_promised_and_times_that_others_have_are_not_judged(lives):
    kinds = set(answer().kinds)
    assert kinds == {"acknowledgement", "decision", "review"}


# ---------------------------------------------------------------- another limit


def test_a_shorter_limit(lives):
    found = answer(Instead(limit=FIVE_DAYS))
    assert found.differences == 0
    assert found.total.was_late < found.total.would_be_late
    assert found.kinds["acknowledgement"].newly == 0
    in_time = verdict(lives[0], Instead(limit=FIVE_DAYS))
    assert day(in_time.due_if) == date(2026, 3, 9)
    assert (in_time.was_late, in_time.would_be_late) == (False, True)
    assert in_time.late_by(NOW) == in_time.row.met_at - in_time.due_if


def test_the_limit_there_was_changes_nothing(lives):
    for code, count_then in (("acknowledgement", 2), ("decision", 15), ("review", 10)):
        found = list(ask(Instead(limit=OtherLimit(code, Limit(count_then, Unit.WORKING_DAYS)))).verdicts())
        assert len(found) > 10
        assert all(each.due_if == each.due_at == each.row.due_at for each in found)


def test_a_limit_longer_than_the_outer_limit_is_not_cut_by_it(lives):
    longer = verdict(lives[0], Instead(limit=OtherLimit("decision", Limit(60, Unit.WORKING_DAYS))))
    plan = Formula({**clock(lives[0], "decision").basis, "limit": write_limit(Limit(60, Unit.WORKING_DAYS))})
    cut, outer_at = Sums().count(Terms(longer.row.terms.starts_at, plan, longer.row.terms.calendar))
    assert cut == outer_at < longer.due_if


def test_hours_of_a_letter_count_from_when_it_was_written_down(world):
    letter = told(world, at(3), at(4), received_at=at(2, 0), received_precision=Precision.DAY)
    by_the_hour = verdict(letter, Instead(limit=OtherLimit("decision", Limit(48, Unit.HOURS))))
    assert by_the_hour.due_if == at(5)
    by_the_day = verdict(letter, Instead(limit=OtherLimit("decision", Limit(2, Unit.DAYS))))
    assert day(by_the_day.due_if) == date(2026, 3, 4)


# ---------------------------------------------------------------- pauses and extensions


def test_pauses_and_extensions_can_be_left_out(lives):
    paused, extended = lives[2], lives[4]
    without = Instead(keeps_pauses=False)
    assert day(verdict(paused).due_if) == date(2026, 3, 30)
    assert day(verdict(paused, without).due_if) == date(2026, 3, 23)
    assert day(verdict(extended).due_if) == date(2026, 4, 9)
    assert day(verdict(extended, without).due_if) == date(2026, 3, 23)


def test_what_stopped_a_clock_stops_it_under_another_limit_too(lives):
    eight = Instead(limit=OtherLimit("decision", Limit(8, Unit.WORKING_DAYS)))
    # 3 March, then 11 to 19 March; the clock stood still on 4, 5, 6, 9 and 10.
    assert day(verdict(lives[2], eight).due_if) == date(2026, 3, 19)


def test_more_time_counts_only_where_it_was_taken_before_the_other_date(lives):
    extended = lives[4]  # received on 2 March; more time was taken on 20 March and on 1 April
    fourteen = Instead(limit=OtherLimit("decision", Limit(14, Unit.WORKING_DAYS)))
    # Due on 20 March at the close; ten more working days are 7 April with Easter between; then until the 9th.
    assert day(verdict(extended, fourteen).due_if) == date(2026, 4, 9)
    thirteen = Instead(limit=OtherLimit("decision", Limit(13, Unit.WORKING_DAYS)))
    assert day(verdict(extended, thirteen).due_if) == date(2026, 3, 19)


# ---------------------------------------------------------------- another calendar


def test_another_version_of_the_calendar(world, lives):
    office = Calendar.objects.get(code="office")
    document = {**office.versions.latest("number").document}
    document["days"] = {**document["days"], "2026-03-03": {"intervals": [], "why": "closure", "name": {"en": "Flood"}}}
    version = publish_calendar(office, document, by=SYSTEM, at=world.at)
    changed = verdict(lives[0], Instead(calendar=CalendarVersion.objects.get(pk=version.pk)))
    assert day(changed.due_at) == date(2026, 3, 23)
    assert day(changed.due_if) == date(2026, 3, 24)
    same = CalendarVersion.objects.get(calendar=office, number=version.number - 1)
    assert answer(Instead(calendar=same)).total.newly == 0


def test_a_calendar_with_hardly_any_work_leaves_out_what_cannot_be_counted(world, lives):
    document = calendar_document(zone="Europe/London", this_year=2026, week={"1": [["09:00", "09:30"]]})
    once_a_week = add_calendar(TranslatedText({"en": "Mondays"}), document, by=SYSTEM, at=world.at, code="mondays")
    instead = Instead(calendar=once_a_week, limit=OtherLimit("decision", Limit(3650, Unit.WORKING_DAYS)))
    found = answer(instead)
    assert found.not_countable == Deadline.objects.filter(kind="decision").count()
    assert found.total.judged == Deadline.objects.filter(kind__in=["acknowledgement", "review"]).count()


# ---------------------------------------------------------------- another pack


def test_the_pack_there_was_changes_nothing(lives):
    found = list(ask(Instead(pack=pack("general"))).verdicts())
    assert len(found) > 10
    assert all(each.due_if == each.due_at and each.ended_if == each.row.ended_at for each in found)


def test_another_pack_counts_from_what_it_says(world):
    complaint = told(world, at(2), at(24))
    actions_by = Instead(pack=pack("uk-housing-ombudsman"))
    found = verdict(complaint, actions_by)
    assert found is not None
    # There the time for the answer begins when a person confirms receipt, and nobody did.
    assert found.due_if is None
    liis = world.as_(world.liis)
    later = builders.a_complaint(world, Stage.INVESTIGATING)
    actions.acknowledge(later, how=Acknowledgement.How.PHONE, by=liis, at=at(5))
    counted = verdict(later, actions_by)
    # Ten working days after Thursday 5 March.
    assert day(counted.due_if) == date(2026, 3, 19)


def test_confirmed_by_a_machine_counts_where_the_pack_says_so(world):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    actions.acknowledge(complaint, how=Acknowledgement.How.EMAIL, by=SYSTEM, at=at(2))
    actions.acknowledge(complaint, how=Acknowledgement.How.PHONE, by=world.as_(world.liis), at=at(16))
    was = verdict(complaint, code="acknowledgement")
    assert not was.was_late
    human = verdict(complaint, Instead(pack=pack("nhs-england")), code="acknowledgement")
    assert (human.ended_if, human.would_be_late) == (at(16), True)


def test_a_pack_by_law_counts_with_the_days_of_its_country(world):
    complaint = told(world, at(30), at(20, month=4))
    found = verdict(complaint, Instead(pack=pack("estonia")))
    # Fifteen days after 30 March; in Estonia Easter Monday is no day off, and the office of Larkhaven closes on it.
    assert day(found.due_if) == date(2026, 4, 14)
    assert not Calendar.objects.filter(code="ee-half").exists()


def test_pauses_stay_only_where_the_other_pack_knows_them(world, lives):
    paused = lives[2]
    small = verdict(paused, Instead(pack=pack("small-business")))
    # Ten working days from 2 March are the 16th; five on which the clock stood still are added.
    assert day(small.due_if) == date(2026, 3, 23)
    psd2 = verdict(paused, Instead(pack=pack("eu-psd2")))
    assert day(psd2.due_if) == date(2026, 3, 23)


def test_extensions_stay_as_long_as_the_other_pack_gives(world, lives):
    small = verdict(lives[4], Instead(pack=pack("small-business")))
    # Due on 16 March there: on the 20th nobody could have taken more time.
    assert day(small.due_if) == date(2026, 3, 16)
    liis = world.as_(world.liis)
    soon = builders.a_complaint(world, Stage.INVESTIGATING)
    actions.extend(clock(soon, "decision"), reason="Snow.", until=date(2026, 4, 2), by=liis, at=at(5))
    # Five working days at a time.
    assert day(verdict(soon, Instead(pack=pack("small-business"))).due_if) == date(2026, 3, 23)
    assert day(verdict(soon, Instead(pack=pack("nhs-england"))).due_if) == date(2026, 8, 29)


def test_what_a_regulator_stopped_counts_only_under_its_pack(world):
    product = Product.objects.create(code="motor-finance-dca", label={"en": "Car loans"})
    complaint = told(world, at(2), at(24), product=product, unit=world.water, occurred_on=date(2019, 5, 1))
    found = verdict(complaint, Instead(pack=pack("uk-fca-disp")))
    assert found.due_if > datetime(2026, 7, 1, tzinfo=UTC)
    other = told(world, at(2), at(24))
    assert day(verdict(other, Instead(pack=pack("uk-fca-disp"))).due_if) == date(2026, 4, 27)


def test_packs_beside_stay_and_own_targets_fill_in(world):
    apply_pack(world, "eu-psd2", product=Product.objects.get(code="our-services"))
    filled = told(world, at(2), at(24))
    apply_beside(world, "turkiye")
    beside = told(world, at(2), at(24))
    found = {
        (each.row.reference, each.row.pack.pack, each.row.kind): each
        for each in ask(Instead(pack=pack("us-cfpb"))).verdicts()
    }
    for complaint in (filled, beside):
        assert day(found[complaint.reference, "eu-psd2", "decision"].due_if) == date(2026, 3, 17)
    for kind in ("acknowledgement", "decision"):
        stays = found[beside.reference, "turkiye", kind]
        assert stays.due_if == stays.due_at
    # Neither pack says anything about confirming receipt; the general one, which applies without a filter, does.
    own = found[filled.reference, "general", "acknowledgement"]
    assert own.due_if == own.due_at


def test_nothing_fills_in_where_a_pack_beside_sets_a_time(world):
    apply_beside(world, "turkiye")
    complaint = told(world, at(2), at(24))
    found = {(each.row.pack.pack, each.row.kind): each for each in ask(Instead(pack=pack("us-cfpb"))).verdicts()}
    assert {row.reference for row in Complaint.objects.all()} == {complaint.reference}
    assert found["general", "acknowledgement"].due_if is None
    assert found["turkiye", "acknowledgement"].due_if == found["turkiye", "acknowledgement"].due_at
    assert day(found["general", "decision"].due_if) == date(2026, 3, 17)


def test_clocks_of_rules_that_were_changed_on_the_way_would_not_have_been_there(world, liis):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    apply_pack(world, "small-business")
    actions.change_packs(complaint, reason="A small matter.", by=liis, at=at(5))
    found = list(ask(Instead(pack=pack("eu-psd2"))).verdicts())
    decisions = {each.row.pack.pack: each for each in found if each.row.kind == "decision"}
    assert decisions["general"].due_if is None
    assert day(decisions["small-business"].due_if) == date(2026, 3, 23)
    assert sum(each.due_if is not None for each in decisions.values()) == 1


# ---------------------------------------------------------------- complaints from elsewhere


def take_in(world, *days, **more):
    """Complaints from elsewhere: received and answered on these days."""
    made = [
        HistoricComplaint(
            external_id=str(number),
            received_at=at_midnight(received),
            title=f"Letter {number}",
            stage_since=at_midnight(answered) if answered else None,
            **{"stage": Stage.CLOSED if answered else Stage.RECEIVED, **more},
        )
        for number, (received, answered) in enumerate(days)
    ]
    record_history(made, source="old", by=SYSTEM, at=world.at)
    return {row.external_id: row for row in Complaint.objects.filter(source="old")}


def at_midnight(when):
    return datetime(when.year, when.month, when.day, tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)


def slowly(complaint, version):
    """One complaint through the normal way: the basis of a deadline, its calendar, its count."""
    found = next(
        PackClock(version, each) for each in rules_of(version).clocks if each.kind == "decision" and each.stage == 1
    )
    calendar = calendar_for(rules_of(version), unit=complaint.lead_unit, site=complaint.site)
    basis = basis_of(found, complaint, "received", ZoneInfo("Europe/London"))
    return count(Deadline(starts_at=complaint.received_at, basis=basis, calendar=calendar))[0]


def test_complaints_from_elsewhere_come_out_as_the_slow_way_does(world):
    first = date(2023, 1, 1)
    rows = take_in(
        world, *((first + timedelta(days=n * 3), first + timedelta(days=n * 3 + n % 31)) for n in range(300))
    )
    found = {each.row.reference: each for each in ask().verdicts()}
    assert len(found) == len(rows) == 300
    wrong = []
    for row in rows.values():
        due_at = slowly(row, row.pack)
        each = found[row.reference]
        if (each.due_at, each.was_late) != (due_at, row.stage_since > due_at):
            wrong.append(row.reference)
    assert wrong == []
    late = sum(each.was_late for each in found.values())
    assert 50 < late < 250
    total = answer()
    assert (total.from_elsewhere, total.recounted, total.total.was_late) == (300, 0, late)
    assert total.same_day == 10


def test_another_pack_over_complaints_from_elsewhere_comes_out_as_the_slow_way_does(world):
    first = date(2024, 2, 1)
    rows = take_in(world, *((first + timedelta(days=n), first + timedelta(days=n * 2)) for n in range(60)))
    for code in ("small-business", "us-cfpb", "uk-fca-disp", "estonia", "ireland-cpc"):
        found = {each.row.reference: each.due_if for each in ask(Instead(pack=pack(code))).verdicts()}
        apply_pack(world, code)  # publishes its calendar, too
        assert found == {row.reference: slowly(row, pack(code)) for row in rows.values()}, code


def test_open_ones_are_late_when_their_date_has_passed_and_others_fell_away(world):
    rows = take_in(world, (date(2026, 1, 5), None))
    assert verdict(rows["0"]).was_late
    assert not verdict(rows["0"], when=at(9, month=1)).was_late
    gone = take_in(world, (date(2026, 1, 5), date(2026, 1, 8)), stage=Stage.WITHDRAWN)["0"]
    Complaint.objects.filter(pk=gone.pk).update(stage=Stage.WITHDRAWN, stage_since=at_midnight(date(2026, 1, 8)))
    assert not verdict(gone).was_late
    assert verdict(gone).row.met_at is None


def test_an_hour_of_a_day_is_never_held_against_us(world):
    rows = take_in(world, (date(2026, 1, 5), date(2026, 1, 6)), (date(2026, 1, 5), date(2026, 1, 7)))
    a_day = Instead(limit=OtherLimit("decision", Limit(24, Unit.HOURS)))
    assert not verdict(rows["0"], a_day).would_be_late
    assert verdict(rows["1"], a_day).would_be_late


def test_a_clock_that_days_cannot_start_is_not_judged(world):
    take_in(world, (date(2026, 1, 5), date(2026, 1, 6)))
    found = answer(Instead(pack=pack("uk-lgsco")))
    assert (found.total.judged, found.total.gone, found.total.would_be_late) == (1, 1, 0)
    Complaint.objects.update(pack=pack("uk-lgsco"))
    found = answer()
    assert (found.total.judged, found.not_judged) == (0, 1)


def test_one_that_was_taken_over_is_judged_by_its_deadline(world, liis):
    row = take_in(world, (date(2026, 1, 5), None), unit=world.water)["0"]
    actions.take_over(row, by=liis, at=at(2))
    found = verdict(row)
    assert day(found.due_at) == date(2026, 3, 23)
    assert found.row.due_at == found.due_at


# ---------------------------------------------------------------- which complaints, and how many


def test_only_what_a_person_may_read_is_counted(world, lives):
    bruno, liis = world.as_(world.bruno), world.as_(world.liis)
    assert answer(complaints=visible_to(bruno)).total.judged == 0
    assert answer(complaints=visible_to(liis)).total.judged == answer().total.judged


def test_period_unit_product_and_pack(world):
    child = Product.objects.create(code="pipes", label={"en": "Pipes"}, parent=Product.objects.get(code="our-services"))
    builders.a_receipt(world, at=at(2))
    builders.a_receipt(world, at=at(9), unit=world.energy, product=None)
    builders.a_receipt(world, at=at(20), unit=world.harbour, product=child)
    judged = lambda **among: answer(among=Among(**among)).kinds["decision"].judged  # noqa: E731
    assert judged() == 3
    assert judged(since=at(9), before=at(20)) == 1
    assert judged(unit=world.water) == 2
    assert judged(unit=world.harbour) == 1
    assert judged(unit=world.larkhaven) == 3
    assert judged(product=Product.objects.get(code="our-services")) == 2
    assert judged(product=child) == 1
    assert judged(pack="general") == 3
    assert answer(among=Among(pack="turkiye")).total.judged == 0


def test_enquiries_and_tries_are_no_complaints(world):
    enquiry = told(world, at(2), at(16))
    Complaint.objects.filter(pk=enquiry.pk).update(kind="enquiry")
    trial = told(world, at(2), at(16))
    Complaint.objects.filter(pk=trial.pk).update(is_simulated=True)
    assert answer().total.judged == 0
    assert replay(Complaint.objects.all(), NOW).deadlines > 0


def test_months_kinds_and_units_each_add_up_to_the_whole(world, lives):
    builders.a_receipt(world, at=at(30, month=4), unit=world.energy)
    take_in(world, (date(2025, 12, 30), date(2026, 2, 1)))
    found = answer(Instead(limit=FIVE_DAYS), when=at(1, month=7))
    for parts in (found.kinds, found.months, found.units):
        assert len(parts) > 1
        for column in ("judged", "was_late", "would_be_late", "newly", "no_longer", "gone"):
            assert sum(getattr(each, column) for each in parts.values()) == getattr(found.total, column)
    assert date(2025, 12, 1) in found.months
    assert found.total.would_be_late == found.total.was_late + found.total.newly - found.total.no_longer


# ---------------------------------------------------------------- the list


def walked(asking, show, size, *, back=False):
    """What all pages show one after the other, forwards from the first, or backwards from the last."""
    pages, listed = [], asking.page(show, size)
    while True:
        pages.append(listed.verdicts)
        if listed.after is None:
            break
        listed = asking.page(show, size, beyond=listed.after)
    if back:
        pages = pages[-1:]
        while listed.before is not None:
            listed = asking.page(show, size, beyond=listed.before, back=True)
            pages.insert(0, listed.verdicts)
    assert all(pages)
    return [(each.row.reference, each.row.code) for each in chain.from_iterable(pages)]


def test_pages_show_every_clock_once_newest_first_both_ways(world, lives):
    take_in(world, *[(date(2026, 1, 5), date(2026, 2, 1) + timedelta(days=n)) for n in range(9)])
    asking = ask(Instead(limit=FIVE_DAYS))
    every = [each for each in asking.verdicts() if each.would_be_late]
    assert [each.row.place.received_at for each in every] == sorted(
        (each.row.place.received_at for each in every), reverse=True
    )
    shown = [(each.row.reference, each.row.code) for each in every]
    for size in (1, 2, 4, 100):
        assert walked(asking, Show.LATE, size) == shown
        assert walked(asking, Show.LATE, size, back=True) == shown
    first = asking.answer(Show.LATE, 4)[1]
    assert (first.before, first.after) == (None, asking.page(Show.LATE, 4).after)
    assert first.verdicts == asking.page(Show.LATE, 4).verdicts


def test_lists_of_what_changed(world):
    told(world, at(2), at(31))
    told(world, at(2, 11), at(12))
    five, sixty = Instead(limit=FIVE_DAYS), Instead(limit=OtherLimit("decision", Limit(60, Unit.WORKING_DAYS)))
    size = lambda instead, show: sum(each.row.code == "decision" for each in ask(instead).page(show, 50).verdicts)  # noqa: E731
    assert [size(five, show) for show in (Show.LATE, Show.NEWLY, Show.NO_LONGER, Show.WAS_LATE)] == [2, 1, 0, 1]
    assert [size(sixty, show) for show in (Show.LATE, Show.NEWLY, Show.NO_LONGER, Show.WAS_LATE)] == [0, 0, 1, 1]


def test_it_costs_the_same_for_three_and_for_thirty(world, lives):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            answer(Instead(pack=pack("estonia"), limit=FIVE_DAYS))
        return len(captured)

    take_in(world, (date(2026, 1, 5), date(2026, 2, 1)))
    few = queries()
    for number in range(12):
        told(world, at(2, 1), at(3 + number))
    take_in(world, *[(date(2026, 1, 5), date(2026, 2, 1))] * 1, *[(date(2026, 1, 5), date(2026, 2, 2))] * 20)
    assert queries() == few


def test_batches_have_no_seams(world, lives, monkeypatch):
    before = list(ask(Instead(pack=pack("small-business"))).verdicts())
    monkeypatch.setattr(recorded, "BATCH", 2)
    assert list(ask(Instead(pack=pack("small-business"))).verdicts()) == before


# ---------------------------------------------------------------- the sums


ENDS = st.sampled_from(["close", "midnight"])
LIMITS = st.one_of(
    st.fixed_dictionaries({"count": st.integers(0, 40), "unit": st.just("working_days")}, optional={"ends": ENDS}),
    st.fixed_dictionaries(
        {"count": st.integers(0, 20), "unit": st.sampled_from(["days", "weeks", "months"])},
        optional={
            "day_off": st.sampled_from(["next_working_day", "previous_working_day"]),
            "late_arrival": st.just("next_working_day"),
        },
    ),
    st.fixed_dictionaries({"count": st.integers(0, 90), "unit": st.sampled_from(["hours", "working_hours"])}),
)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))
BASES = st.fixed_dictionaries(
    {
        "limit": LIMITS,
        "outer": st.none() | LIMITS,
        "stops": st.just([]),
        "extensions": st.lists(LIMITS | st.dates(date(2025, 6, 1), date(2027, 1, 1)).map(date.isoformat), max_size=2),
    }
)


@pytest.mark.engineless
@settings(max_examples=150, deadline=None)
@given(data=st.data(), bases=st.lists(BASES, min_size=1, max_size=3))
def test_what_is_remembered_is_what_would_be_counted(data, bases):
    """Starts of one day share a sum only where each of them comes to it."""
    document = calendar_document(zone="Europe/Tallinn", this_year=2026, country="EE")
    calendar = CalendarVersion(document=document, digest=digest(document), calendar=Calendar(code="ee"), number=1)
    sums = Sums()
    for moment in data.draw(st.lists(MOMENTS, min_size=1, max_size=3)):
        for hour in data.draw(st.lists(st.integers(0, 23), min_size=2, max_size=4)):
            for basis in bases:
                starts_at = moment.replace(hour=hour)
                terms = Terms(starts_at, Formula(basis), calendar)
                assert sums.count(terms) == count(Deadline(starts_at=starts_at, basis=basis, calendar=calendar))

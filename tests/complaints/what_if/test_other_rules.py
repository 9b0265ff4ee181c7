"""What would have been late under another limit, calendar or pack; and nothing else where nothing is other."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from amends.calendars.actions import add_calendar, publish_calendar
from amends.calendars.limits import Limit, Unit, write_limit
from amends.calendars.making import calendar_document
from amends.calendars.models import Calendar, CalendarVersion
from amends.complaints import actions
from amends.complaints.models import Acknowledgement, Complaint, Deadline
from amends.complaints.models.complaint import Precision
from amends.complaints.stages import Stage
from amends.complaints.what_if.question import Instead, OtherLimit
from amends.complaints.what_if.replaying import replay
from amends.complaints.what_if.sums import Formula, Sums, Terms
from amends.framework.models import Product
from amends.kit.translated import TranslatedText
from amends.people.standing import SYSTEM
from tests import builders
from tests.complaints.clocks import apply_beside, apply_pack, at, clock
from tests.complaints.what_if.asking import FIVE_DAYS, NOW, answer, ask, day, pack, told, verdict

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

"""Complaints from elsewhere under other rules: against the slow way, complaint by complaint."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from amends.calendars.limits import Limit, Unit
from amends.complaints import actions
from amends.complaints.counting import basis_of, count
from amends.complaints.models import Complaint, Deadline
from amends.complaints.stages import Stage
from amends.complaints.what_if.question import Instead, OtherLimit
from amends.framework.which_calendar import calendar_for
from amends.framework.which_packs import PackClock, rules_of
from tests.complaints.clocks import apply_pack, at
from tests.complaints.what_if.asking import answer, ask, at_midnight, day, pack, take_in, verdict


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

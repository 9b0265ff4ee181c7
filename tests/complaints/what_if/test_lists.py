"""Which complaints are counted, and the lists of them, page by page."""

from datetime import date, timedelta
from itertools import chain

from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.calendars.limits import Limit, Unit
from amends.complaints.models import Complaint
from amends.complaints.permissions import visible_to
from amends.complaints.what_if import recorded
from amends.complaints.what_if.answering import Show
from amends.complaints.what_if.question import Among, Instead, OtherLimit
from amends.complaints.what_if.replaying import replay
from amends.framework.models import Product
from tests import builders
from tests.complaints.clocks import at
from tests.complaints.what_if.asking import FIVE_DAYS, NOW, answer, ask, pack, take_in, told

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

"""The demonstration loads on any day: those on which it is laid out differently, with what stands close to now.

The whole of it is loaded for one day in test_demo.py; here a few complaints of each kind whose dates lie around today.
"""

from datetime import UTC, datetime

import pytest
from django.test import override_settings

from amends.complaints.models import Complaint
from amends.complaints.queries import end_of_today
from amends.framework.queries import the_organisation
from amends.kit.invariants import all_invariants
from amends.project.demo import loading, planning
from amends.project.demo.scenarios import SCENARIOS

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAYS = {
    "a Sunday that ends a month": datetime(2027, 1, 31, 10, 0, tzinfo=UTC),
    "29 February before work": datetime(2028, 2, 29, 6, 0, tzinfo=UTC),
    "the minute before the clock goes forward": datetime(2027, 3, 28, 0, 59, tzinfo=UTC),
    "the hour that comes twice": datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    "the last hour of a year": datetime(2026, 12, 31, 21, 30, tzinfo=UTC),
}
#: Their dates are counted from today, or they have to be over by now.
CLOSE = {
    "new",
    "assigned",
    "due today",
    "communicated",
    "remedy due today",
    "with the outside body",
    "settled at once",
    "out of scope",
}


@pytest.mark.parametrize("now", DAYS.values(), ids=DAYS)
def test_it_loads_on_a_day_of_its_own_kind(now, tmp_path, monkeypatch):
    some = tuple(scenario for scenario in SCENARIOS if scenario.name in CLOSE)
    assert len(some) == len(CLOSE)
    monkeypatch.setattr(planning, "SCENARIOS", some)
    # Mails are sorted by the mailroom's own tests.
    monkeypatch.setattr(loading.posting, "put_mails_in", lambda _rng, _now: None)
    with override_settings(AMENDS_ANCHORS=tmp_path / "anchors", AMENDS_FILES_DIR=tmp_path / "files"):
        result = loading.load(now, count=1)
    assert result.complaints == len(CLOSE)
    assert set(result.stages) == {scenario.ends.value for scenario in some}
    assert not Complaint.objects.filter(received_at__gt=now).exists()
    assert Complaint.objects.filter(next_due_at__lt=end_of_today(now, the_organisation())).exists(), (
        "something is due today or late"
    )
    assert [line for each in all_invariants() for line in each.check()] == []

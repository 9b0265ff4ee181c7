"""Why this date: the sum of one deadline for staff, what would change it, and who hears when it passes."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.complaints import actions
from amends.complaints.models import Deadline, Pause
from amends.complaints.stages import Stage
from amends.people.standing import SYSTEM
from tests import builders
from tests.complaints.clocks import apply_pack, at, clock
from tests.workspace.complaint.conftest import text_of


@pytest.fixture
def complaint(door):
    return builders.a_complaint(door.world, Stage.INVESTIGATING)


def words_of(response) -> str:
    page = text_of(response)
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<main") :]).split())


def explained(door, complaint, number: int = 2) -> str:
    return words_of(door.get(door.world.liis, complaint, f"deadlines/{number}/"))


def test_the_sum_begins_with_the_start_and_ends_with_the_date(door, complaint):
    page = explained(door, complaint)
    assert "Complaint received Monday 2 March 2026, 09:00" in page
    assert "Time allowed 15 working days" in page
    assert "7–8 Mar 2026 Weekend" in page.replace("\u2009", " ")
    assert "So it is due on Monday 23 March 2026 at 17:00." in page
    assert "version 1" in page


def test_every_day_stands_in_the_picture_and_in_the_table(door, complaint):
    page = text_of(door.get(door.world.liis, complaint, "deadlines/2/"))
    picture, table = page[page.index("sum-months") :].split("Show as table")
    assert len(re.findall(r'class="sum-(?:start|counted|off|stopped|given)', picture)) >= 22
    assert table.count('<th scope="row" class="nowrap">') == 22
    counted = re.findall(r'sum-counted[^>]*>.*?sum-shown">(\d+)<', picture)
    assert counted == [str(number) for number in range(1, 16)]


def test_standing_still_and_more_time_are_part_of_the_sum(door, complaint, at_moment):
    liis = door.world.as_(door.world.liis)
    actions.pause(complaint, why=Pause.Why.COMPLAINANT, reason="The receipt", by=liis, at=at(3))
    at_moment(at(5))
    still = explained(door, complaint)
    assert "Stands still since Tuesday 3 March 2026, 10:00, at the latest until" in still
    actions.resume(complaint, by=liis, at=at(6))
    deadline = clock(complaint, "decision")
    actions.extend(deadline, reason="The laboratory has it.", until=date(2026, 4, 2), by=liis, at=at(9))
    page = explained(door, complaint)
    assert "Stood still from Tuesday 3 March 2026, 10:00 until Friday 6 March 2026, 10:00" in page
    assert "from Thursday 26 March 2026 to Thursday 2 April 2026 The laboratory has it." in page
    assert "So it is due on Thursday 2 April 2026 at 17:00." in page


def test_what_would_change_it_names_limits_and_dates(door, complaint):
    page = explained(door, complaint)
    assert "Reason We wait for an answer of the complainant At most" in page
    assert "Once more 10 working days Latest date 8 April 2026" in page
    assert "Let the clocks stand still" in page
    assert "Take more time" in page
    receipt = explained(door, complaint, 1)
    assert "The rules know no reason for which this clock may stand still." in receipt
    assert "The rules give no more time for this." in receipt


def test_who_may_only_read_is_offered_nothing(door, complaint):
    page = text_of(door.get(door.world.dario, complaint, "deadlines/2/"))
    assert "Why this date?" in page
    assert "/pause/" not in page
    assert "/extension/" not in page


def test_the_ladder_stands_there_with_its_dates(door, complaint):
    page = explained(door, complaint)
    assert "23 March 2026, 17:00 The date passes The handler" in page
    assert "24 March 2026, 17:00 Level 1 The unit manager" in page


def test_who_was_told_stands_in_the_place_of_who_would_be(door, complaint, at_moment):
    due_at = clock(complaint, "decision").due_at
    Deadline.objects.filter(pk=clock(complaint, "decision").pk).update(alarm="overdue", alarm_at=due_at)
    actions.overdue(clock(complaint, "decision"), by=SYSTEM, at=due_at)
    escalated_at = clock(complaint, "decision").alarm_at
    actions.escalate(clock(complaint, "decision"), by=SYSTEM, at=escalated_at)
    at_moment(escalated_at + timedelta(hours=1))
    page = explained(door, complaint)
    assert "Level 1 Uma Patel" in page
    assert "Level 2 The management representative" in page
    assert "New date promised 30 March 2026" in page


def test_a_promised_day_is_explained_in_short(door):
    complaint = builders.a_complaint(door.world, Stage.ACCEPTED)
    kinds = list(Deadline.objects.filter(complaint=complaint).order_by("id").values_list("kind", flat=True))
    page = explained(door, complaint, kinds.index("remedy") + 1)
    assert "This day was promised with the decision: it is due at the end of Sunday 22 March 2026." in page
    assert "Nothing moves it" in page


def test_a_met_deadline_says_so_and_nothing_changes_it(door):
    complaint = builders.a_complaint(door.world, Stage.COMMUNICATED)
    page = explained(door, complaint)
    assert "Met on 2 March 2026" in page
    assert "What would change it" not in page


@pytest.mark.parametrize("pack", ["estonia", "uk-fca-disp", "australia-rg271", "turkiye", "ireland-cpc"])
def test_every_clock_of_a_pack_can_be_explained(door, pack):
    apply_pack(door.world, pack)
    complaint = builders.a_complaint(door.world, Stage.COMMUNICATED)
    for number in range(1, Deadline.objects.filter(complaint=complaint).count() + 1):
        answer = door.get(door.world.liis, complaint, f"deadlines/{number}/")
        assert answer.status_code == 200
        assert re.search("So it is due (on|by the end of)|This day was promised", text_of(answer))


def test_a_number_that_no_deadline_has_leads_nowhere(door, complaint):
    assert door.get(door.world.liis, complaint, "deadlines/3/").status_code == 404
    assert door.get(door.world.liis, complaint, "deadlines/0/").status_code == 404
    assert door.get(door.world.bruno, complaint, "deadlines/1/").status_code == 404


def test_it_costs_the_same_whatever_happened(door, complaint, at_moment):
    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            assert door.get(door.world.liis, complaint, "deadlines/2/").status_code == 200
        return len(found)

    cost()
    before = cost()
    liis = door.world.as_(door.world.liis)
    for day in (3, 5, 9):
        actions.pause(complaint, why=Pause.Why.COMPLAINANT, reason="x", by=liis, at=at(day))
        actions.resume(complaint, by=liis, at=at(day, 12))
    at_moment(at(10))
    cost()
    assert cost() <= before + 1

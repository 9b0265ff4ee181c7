"""The deadlines beside a complaint: each clock with its date, what happened to it, and the way to why."""

import re
from datetime import date, timedelta

import pytest

from amends.complaints import actions
from amends.complaints.models import Acknowledgement, Deadline, Pause
from amends.complaints.stages import Stage
from amends.people.standing import SYSTEM
from tests import builders
from tests.complaints.clocks import apply_beside, apply_pack, at, clock
from tests.workspace.complaint.conftest import text_of


@pytest.fixture
def complaint(door):
    return builders.a_complaint(door.world, Stage.INVESTIGATING)


def lines_of(page: str) -> list[str]:
    """The lines of the card, each as plain text."""
    card = page[page.index('id="deadlines"') :].split("</section>")[0]
    parts = card.split('<div class="deadline">')[1:]
    return [" ".join(re.sub(r"<[^>]+>", " ", part).split()) for part in parts]


def seen_by_liis(door, complaint) -> list[str]:
    return lines_of(text_of(door.get(door.world.liis, complaint)))


def test_a_running_clock_has_its_day_how_long_that_is_and_the_way_to_why(door, complaint):
    receipt, decision = seen_by_liis(door, complaint)
    assert receipt == "Acknowledgement 4 Mar, 2 days left Why this date? Acknowledgement"
    assert decision == "Decision 23 Mar, 21 days left Why this date? Decision"
    page = text_of(door.get(door.world.liis, complaint))
    assert f'href="/staff/complaints/{complaint.reference}/deadlines/2/"' in page
    assert '<progress class="bar" value="0"' in page


def test_a_clock_that_stands_still_says_since_when_why_and_until_when_at_most(door, complaint, at_moment):
    liis = door.world.as_(door.world.liis)
    actions.pause(complaint, why=Pause.Why.COMPLAINANT, reason="The receipt", by=liis, at=at(3))
    at_moment(at(6))
    decision = seen_by_liis(door, complaint)[1]
    ends_by = Pause.objects.get().ends_by
    assert "at the latest, stands still" in decision
    assert "We wait for an answer of the complainant" in decision
    assert f"Since 3 Mar, at the latest until {ends_by.day} {ends_by:%b}." in decision
    assert "days left" not in decision


def test_more_time_shows_both_dates(door, complaint):
    actions.extend(
        clock(complaint, "decision"),
        reason="The laboratory",
        until=date(2026, 3, 31),
        by=door.world.as_(door.world.liis),
        at=at(3),
    )
    assert "Moved from 23 Mar to 31 Mar." in seen_by_liis(door, complaint)[1]


def test_a_late_one_says_how_late_and_what_was_promised(door, complaint, at_moment):
    actions.acknowledge(complaint, how=Acknowledgement.How.EMAIL, by=SYSTEM, at=at(3))
    deadline = clock(complaint, "decision")
    noticed = deadline.due_at + timedelta(seconds=1)
    Deadline.objects.filter(pk=deadline.pk).update(alarm="overdue", alarm_at=deadline.due_at)
    actions.overdue(clock(complaint, "decision"), by=SYSTEM, at=noticed)
    at_moment(at(25, 18))
    decision = next(line for line in seen_by_liis(door, complaint) if line.startswith("Decision"))
    assert "2 days late" in decision
    assert "New date promised: 30 Mar." in decision
    card = text_of(door.get(door.world.liis, complaint))
    assert "Late. New date promised: 30 March 2026." in card


def test_what_was_met_counts_its_days_only_where_nothing_stood_still(door, complaint):
    actions.acknowledge(complaint, how=Acknowledgement.How.EMAIL, by=SYSTEM, at=at(3))
    assert "met, 1 of 2 days" in seen_by_liis(door, complaint)[0]


def test_clocks_of_several_packs_stand_in_order_with_their_packs(door):
    apply_pack(door.world, "uk-fca-disp")
    apply_beside(door.world, "us-cfpb")
    complaint = builders.a_complaint(door.world, Stage.INVESTIGATING)
    lines = seen_by_liis(door, complaint)
    names = [
        "Acknowledgement",
        "Early resolution",
        "Response in the portal",
        "First reply of any kind",
        "Final response",
    ]
    assert [name for name, line in zip(names, lines, strict=True) if line.startswith(name)] == names
    assert sum("Financial Conduct Authority" in line or "FCA" in line for line in lines) == 3


def test_what_can_be_done_to_the_clocks_is_offered_only_when_it_can(door, complaint, at_moment):
    world, here = door.world, f"/staff/complaints/{complaint.reference}/"

    def offered() -> set[str]:
        page = text_of(door.get(world.liis, complaint))
        menu = page[page.index("more-list") :].split("</ul>")[0]
        found = set(re.findall(rf'href="{here}([^"]+)"', menu))
        return found & {"pause/", "resumption/", "rules/", "deadlines/2/extension/"}

    assert offered() == {"pause/", "rules/", "deadlines/2/extension/"}
    liis = world.as_(world.liis)
    actions.pause(complaint, why=Pause.Why.COMPLAINANT, reason="The receipt", by=liis, at=at(3))
    at_moment(at(4))
    assert offered() == {"resumption/", "rules/", "deadlines/2/extension/"}
    actions.resume(complaint, by=liis, at=at(5))
    at_moment(clock(complaint, "decision").due_at)
    assert offered() == {"rules/"}


def test_news_are_the_next_step_when_they_are_wanted(door, complaint):
    Deadline.objects.filter(pk=clock(complaint, "decision").pk).update(update_wanted_at=at(2))
    page = text_of(door.get(door.world.liis, complaint))
    assert "It is time to tell Mari Saar where the complaint stands." in page
    assert "The complainant is to hear where it stands." in page
    assert "Write message" in page


def test_the_composer_says_what_a_question_does_to_the_clocks(door, complaint):
    assert "Clocks stand still until then, where the rules allow it." in text_of(door.get(door.world.liis, complaint))


def test_a_question_that_stops_a_clock_is_told_in_the_timeline(door, complaint):
    liis = door.world.as_(door.world.liis)
    text, when = "When was that?", at(2)
    actions.write_message(complaint, text=text, channel="portal", needs_reply=True, by=liis, at=when)
    page = text_of(door.get(door.world.liis, complaint))
    assert "stands still: Decision" in page
    actions.reply(complaint, text="On Monday.", by=builders.the_complainant(complaint), at=at(2, 11), channel="portal")
    assert "runs on: Decision" in text_of(door.get(door.world.liis, complaint))
    assert "stands still: Decision" in text_of(door.get(door.world.liis, complaint, "?show=changes"))

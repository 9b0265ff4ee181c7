"""“Why this date?” for the complainant."""

import re
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.calendars.actions import publish_calendar
from amends.calendars.models import Calendar
from amends.complaints import actions
from amends.complaints.models import Complaint, Pause
from amends.complaints.stages import Stage
from amends.people.standing import SYSTEM
from tests import builders
from tests.cast import World
from tests.complaints.clocks import apply_beside, apply_pack, clock
from tests.portal.conftest import NOW, Moment
from tests.portal.test_progress import ask, words
from tests.portal.test_timing import looked_into, passes
from tests.portal.visitor import Visitor, a_complaint_with_code, follower


def why(complaint: Complaint) -> str:
    response = follower(complaint).get("/track/date/")
    assert response.status_code == 200
    return response.content.decode()


def not_counted(page: str) -> list[tuple[str, str]]:
    """The rows of the table of days that do not count, of the first date."""
    body = page[page.index("Days that do not count") :]
    rows = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', body[: body.index("</table>")])
    return [(day, what) for day, what in rows]


def test_it_opens_only_with_both_codes_and_takes_no_posts(world: World, visitor: Visitor) -> None:
    complaint, _code = a_complaint_with_code(world)
    assert visitor.get("/track/date/").url == "/en/track/"
    assert follower(complaint).post("/track/date/").status_code == 405


def test_it_tells_the_start_the_time_each_day_that_does_not_count_and_the_end(world: World) -> None:
    page = why(looked_into(world))
    told = words(page)
    assert "Our decision: Monday 23 March 2026" in told
    assert "We received your complaint Monday 2 March 2026" in told
    assert "Time allowed 15 working days" in told
    assert "So we have until Monday 23 March 2026." in told
    assert not_counted(page) == [
        ("7–8 Mar 2026", "Weekend"),
        ("14–15 Mar 2026", "Weekend"),
        ("21–22 Mar 2026", "Weekend"),
    ]


def test_the_picture_has_every_day_once_with_its_number(world: World) -> None:
    page = why(looked_into(world))
    cells = re.findall(r'<td class="sum-(\w+)[^"]*"><span class="sum-day">(\d+)</span>.*?sum-shown">(\d*)<', page)
    assert [int(day) for _mark, day, _shown in cells] == list(range(2, 24))
    assert [int(shown) for mark, _day, shown in cells if mark == "counted"] == list(range(1, 16))


def test_holidays_are_called_by_their_names_in_the_language_of_the_page(world: World, moment: Moment) -> None:
    apply_pack(world, "estonia")
    moment.now = datetime(2026, 4, 1, 9, tzinfo=UTC)
    complaint, _code = a_complaint_with_code(world, at=moment.now)
    page = follower(complaint).client.get("/et/track/date/").content.decode()
    assert "suur reede" in page
    assert "Good Friday" not in page


def test_waiting_for_an_answer_and_more_time_stand_there_with_the_reason_that_was_given(
    world: World, moment: Moment
) -> None:
    complaint = looked_into(world)
    ask(world, complaint)
    moment.later(days=7)
    actions.reply(complaint, text="No.", by=builders.the_complainant(complaint), at=moment.now)
    deadline = clock(complaint, "decision")
    actions.extend(deadline, reason="The laboratory needs longer.", by=world.as_(world.liis), at=moment.now)
    page = why(complaint)
    told = words(page)
    assert "Stood still from Monday 2 March 2026 until Monday 9 March 2026 We waited for your answer" in told
    assert ("3–6 Mar 2026", "We waited for your answer") in not_counted(page)
    assert "Date moved from Friday 27 March 2026 to Tuesday 14 April 2026 The laboratory needs longer." in told
    assert "The day that we named at first: Monday 23 March 2026" in told
    assert ("Fri 3 Apr", "Public holiday: Good Friday") in not_counted(page)


def test_while_it_stands_still_the_longest_wait_is_named(world: World) -> None:
    complaint = looked_into(world)
    ask(world, complaint)
    told = words(why(complaint))
    assert "Stands still since Monday 2 March 2026, at the latest until Monday 30 March 2026" in told
    assert "So we have until Tuesday 21 April 2026." in told


def test_a_late_day_says_so_with_the_new_one(world: World, moment: Moment) -> None:
    complaint = looked_into(world)
    passes(complaint, moment)
    told = words(why(complaint))
    assert "This day has passed. We are late, and we are sorry." in told
    assert "The new day: Monday 30 March 2026" in told


def test_a_day_that_moved_with_the_calendar_says_so(world: World, moment: Moment) -> None:
    complaint = looked_into(world)
    deadline = clock(complaint, "decision")
    document = deadline.calendar.document
    off = {"intervals": [], "why": "closure", "name": {"en": "Larkhaven Day"}}
    days = {**document["days"], "2026-03-17": off}
    calendar = Calendar.objects.get(pk=deadline.calendar.calendar_id)
    version = publish_calendar(calendar, {**document, "days": days}, note="Our day", by=SYSTEM, at=NOW)
    actions.move_deadlines(complaint, version, by=SYSTEM, at=NOW)
    page = why(complaint)
    assert "The day that we named at first: Monday 23 March 2026" in words(page)
    assert "Since then a day off was added to our calendar or taken out of it" in words(page)
    assert ("Tue 17 Mar", "Closed: Larkhaven Day") in not_counted(page)
    assert "Our decision: Tuesday 24 March 2026" in words(page)


def test_neither_names_of_staff_nor_their_notes_nor_codes_of_rules_are_there(world: World) -> None:
    apply_pack(world, "uk-fca-disp")
    complaint = looked_into(world)
    ask(world, complaint)
    page = why(complaint)
    main = page[page.index("<main") : page.index("</main>")]
    codes = ("final_response", "ombudsman_window", "uk-fca-disp", "waiting_for_complainant", "gb", "CANARY")
    people = ("Liis", "Clara", "Mark")
    assert not [word for word in (*codes, *people) if re.search(rf"\b{word}\b", main)]


def test_the_note_of_a_pause_stays_inside(world: World) -> None:
    complaint = looked_into(world)
    ask(world, complaint)
    Pause.objects.update(reason="CANARY: the lawyer is on holiday")
    assert "CANARY" not in why(complaint)


def test_a_regulators_stop_is_told_without_its_code(world: World) -> None:
    apply_pack(world, "uk-fca-disp")
    complaint, _code = a_complaint_with_code(world)
    deadline = clock(complaint, "final_response")
    begins, ends = NOW.isoformat(), (NOW + timedelta(days=3)).isoformat()
    stops = [{"begins": begins, "ends": ends, "why": "motor_finance_dca"}]
    complaint.deadlines.filter(pk=deadline.pk).update(basis={**deadline.basis, "stops": stops})
    page = why(complaint)
    assert "The regulator stopped the time for all complaints of this kind" in page
    assert "motor_finance" not in page


def test_of_two_clocks_of_one_kind_the_earlier_is_explained_and_the_other_said_to_be_there(world: World) -> None:
    apply_beside(world, "uk-payment-services")
    apply_pack(world, "uk-fca-disp")
    told = words(why(looked_into(world)))
    assert "Our decision: Monday 23 March 2026" in told
    assert told.count("Our decision:") == 1
    assert "More than one rule sets a time for this. The earliest day counts." in told


def test_what_the_complainant_has_time_for_is_there_too(world: World) -> None:
    apply_pack(world, "uk-fca-disp")
    complaint, _code = a_complaint_with_code(world, Stage.COMMUNICATED)
    told = words(why(complaint))
    assert "Our confirmation" not in told
    assert "Your answer to our decision: Monday 30 March 2026" in told
    assert "Your time to turn to a body outside: Wednesday 2 September 2026" in told
    assert "So you have until Wednesday 2 September 2026." in told


def test_when_nothing_runs_it_says_so(world: World) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.CLOSED)
    assert "No date is running for your complaint at the moment." in words(why(complaint))


def test_tracking_links_to_it_while_there_is_a_day(world: World) -> None:
    open_one, _code = a_complaint_with_code(world)
    assert 'href="/en/track/date/"' in follower(open_one).get("/track/view/").content.decode()
    over, code = a_complaint_with_code(world, Stage.WITHDRAWN, token="another")
    visitor = Visitor("192.0.2.9")
    visitor.tracks(over.reference, code)
    assert 'href="/en/track/date/"' not in visitor.get("/track/view/").content.decode()


def test_it_takes_a_constant_number_of_queries(world: World) -> None:
    complaint = looked_into(world)
    visitor = follower(complaint)
    visitor.get("/track/date/")  # calendars are read once per process
    with CaptureQueriesContext(connection) as few:
        visitor.get("/track/date/")
    apply_beside(world, "uk-payment-services")
    apply_beside(world, "ireland-cpc")
    many, code = a_complaint_with_code(world, token="another")
    visitor = Visitor("192.0.2.9")
    visitor.tracks(many.reference, code)
    visitor.get("/track/date/")
    with CaptureQueriesContext(connection) as more:
        visitor.get("/track/date/")
    assert many.deadlines.count() > 2 * complaint.deadlines.count()
    assert len(more) == len(few)

"""The what-if screen: a question by its address, figures, a picture, a list in pages, only over what one may read."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.complaints.actions.record_history import HistoricComplaint, record_history
from amends.complaints.models import Complaint, Deadline, Wall
from amends.complaints.stages import Stage
from amends.framework.models import Product
from amends.kit import clock as clock_of_the_machine
from amends.people.standing import SYSTEM
from amends.workspace import what_if as screen
from tests import builders
from tests.browser import LOOKS
from tests.complaints.clocks import at, clock

ADDRESS = "/oversight/what-if/"
SHORTER = {"ask": "1", "kind": "decision", "limit_count": "5", "limit_unit": "working_days"}


@pytest.fixture
def now(at_moment):
    at_moment(at(1, month=6))


@pytest.fixture
def clara(as_, world, now):
    return as_(world.clara)


def told(world, received, communicated, **changes):
    later = replace(world, at=communicated)
    return builders.a_complaint(later, Stage.COMMUNICATED, remedies=0, **{"at": received, **changes})


@pytest.fixture
def past(world):
    """One answered in time, one late, one soon enough for anybody."""
    return [told(world, at(2), at(16)), told(world, at(3), at(31)), told(world, at(4), at(5))]


def text_of(answer):
    text = re.sub(r"<(script|style).*?</\1>", "", answer.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def listed(answer):
    """The references of the list, in order."""
    part = answer.content.decode().partition('<section id="list"')[2]
    return re.findall(r'data-row><bdi dir="ltr">([^<]+)<', part)


def link(answer, rel):
    found = re.search(rf'href="([^"]+)" rel="{rel}"', answer.content.decode())
    return found[1].replace("&amp;", "&") if found else ""


def test_before_a_question_it_says_what_to_do(clara, past):
    answer = clara.get(ADDRESS)
    assert answer.status_code == 200
    assert "Then press “Work it out”" in text_of(answer)
    assert '<svg class="chart' not in answer.content.decode()


def test_without_a_change_it_is_what_happened(clara, past):
    answer = clara.get(ADDRESS, {"ask": "1"})
    said = text_of(answer)
    # Of the decisions one; of the confirmations of receipt all, since nobody confirmed anything.
    assert "Nothing is changed: 4 of 6 deadlines were missed." in said
    assert "6 deadlines were counted again as they were, with no difference to what was written down." in said
    assert listed(answer).count(past[1].reference) == 2
    assert "Which deadlines" not in said


def test_a_shorter_time_for_the_decision(clara, past):
    answer = clara.get(ADDRESS, SHORTER)
    said = text_of(answer)
    assert "Of 6 deadlines, 5 would have been missed instead of 4." in said
    assert re.search(r"Decision 3 1 2 \+1", said)
    assert "The largest difference: 1 more in March 2026." in said
    newly = clara.get(ADDRESS, {**SHORTER, "show": "newly"})
    assert listed(newly) == [past[0].reference]
    row = text_of(newly).partition(past[0].reference)[2]
    assert re.search(r"Decision 2 Mar 2026 16 Mar 2026 23 Mar 2026 9 Mar 2026 6 days late", row)
    assert listed(clara.get(ADDRESS, {**SHORTER, "show": "no_longer"})) == []


def test_each_row_leads_to_its_complaint(clara, past):
    page = clara.get(ADDRESS, SHORTER).content.decode()
    assert f'href="/staff/complaints/{past[0].reference}/"' in page
    assert clara.get(f"/staff/complaints/{past[0].reference}/").status_code == 200


def test_other_rules_another_calendar_and_no_pauses(clara, world, past):
    said = text_of(clara.get(ADDRESS, {"ask": "1", "pack": "uk-lgsco.1", "calendar": "office.1", "pauses": "drop"}))
    assert "3 deadlines would not have been there" in said
    assert "The other rules take the place of the main pack of each complaint." in said
    assert "Pauses and extensions count as they were recorded" not in said


def test_the_choices_stay_in_the_form_and_in_the_links(clara, world, past):
    asked = {**SHORTER, "since": "2026-03-02", "until": "2026-03-31", "unit": str(world.water.pk), "pauses": "drop"}
    page = clara.get(ADDRESS, asked).content.decode()
    assert 'value="2026-03-02"' in page
    assert re.search(r'<option value="decision" selected>', page)
    href = next(href for href in re.findall(r'href="([^"]+)"', page) if "show=newly" in href)
    for key, value in asked.items():
        assert f"{key}={value}" in href


def test_filters(clara, world, past):
    assert "Of 2 deadlines" in text_of(clara.get(ADDRESS, {**SHORTER, "since": "2026-03-02", "until": "2026-03-02"}))
    assert "No deadline fits" in text_of(clara.get(ADDRESS, {**SHORTER, "since": "2026-03-05"}))
    assert "No deadline fits" in text_of(clara.get(ADDRESS, {**SHORTER, "unit": str(world.energy.pk)}))
    other = Product.objects.exclude(code="our-services").first()
    assert "No deadline fits" in text_of(clara.get(ADDRESS, {**SHORTER, "product": other.code}))
    assert "Of 6 deadlines" in text_of(clara.get(ADDRESS, {**SHORTER, "among": "general"}))


MISTAKES = [
    ({"limit_count": "many"}, "Write a whole number, like 15."),
    ({"limit_count": "99999"}, "Write a whole number from 0 to 3650."),
    ({"limit_count": "-1"}, "Write a whole number from 0 to 3650."),
    ({"since": "yesterday"}, "Enter a day, like 31.12.2026"),
    ({"since": "0001-01-01"}, "Enter a day between 1900 and 2100."),
    ({"since": "2026-03-02", "until": "2026-03-01"}, "Choose a day that is not before the first one."),
    ({"pack": "general.77"}, "Choose one of the answers shown"),
    ({"calendar": "nobody.1"}, "Choose one of the answers shown"),
    ({"unit": "77777"}, "Choose one of the answers shown"),
    ({"kind": "remedy"}, "Choose one of the answers shown"),
]


def test_mistakes_stand_at_their_field_and_nothing_typed_is_lost(clara):
    for wrong, sentence in MISTAKES:
        answer = clara.get(ADDRESS, {**SHORTER, **wrong})
        page = answer.content.decode()
        assert answer.status_code == 422, wrong
        assert "<title>Error: What if" in page
        assert text_of(answer).count(sentence) == 2, wrong
        for name in {"limit_count", "since", "until"} & set(wrong):
            assert f'value="{wrong[name]}"' in page
        assert "Would have been missed" not in page


def test_a_mistyped_list_or_page_is_the_first(clara, past):
    first = listed(clara.get(ADDRESS, SHORTER))
    for more in ({"show": "nothing"}, {"page": "a~NOBODY"}, {"page": "x"}, {"page": "a~\x00"}):
        assert listed(clara.get(ADDRESS, {**SHORTER, **more})) == first


def test_pages_of_the_list_there_and_back(clara, world, monkeypatch):
    made = [told(world, at(2) + timedelta(hours=n), at(20)) for n in range(5)]
    monkeypatch.setattr(screen, "ON_A_PAGE", 2)
    page = clara.get(ADDRESS, {**SHORTER, "show": "newly"})
    seen, pages = [], [page]
    while True:
        seen += listed(page)
        following = link(page, "next")
        if not following:
            break
        page = clara.get(following.partition("#")[0])
        pages.append(page)
        assert "Back to the figures" in text_of(page)
    assert seen == [complaint.reference for complaint in reversed(made)]
    assert [len(listed(page)) for page in pages] == [2, 2, 1]
    back = clara.get(link(page, "prev").partition("#")[0])
    assert listed(back) == listed(pages[1])
    assert listed(clara.get(link(back, "prev").partition("#")[0])) == listed(pages[0])


def test_everybody_sees_figures_only_over_what_they_may_read(as_, world, past, now):
    assert "Of 6 deadlines" in text_of(as_(world.liis).get(ADDRESS, SHORTER))
    for who in (world.bruno, world.adam, world.frida):
        answer = as_(who).get(ADDRESS, SHORTER)
        assert "No deadline fits" in text_of(answer)
        assert past[0].reference not in answer.content.decode()
        assert "There is nothing to look at" in text_of(as_(who).get(ADDRESS))
    Wall.objects.create(complaint=past[2], person=world.liis, why=Wall.Why.values[0], since=world.at)
    assert "Of 4 deadlines" in text_of(as_(world.liis).get(ADDRESS, SHORTER))
    assert world.energy.name not in re.findall(r"<option[^>]*>([^<]+)<", as_(world.liis).get(ADDRESS).content.decode())


def test_who_may_not_ask(as_, world, now):
    assert as_(world.zoe).get(ADDRESS).status_code == 403
    assert as_(None).get(ADDRESS).status_code == 302


def test_the_rail_leads_there(as_, world, now):
    assert f'href="{ADDRESS}"' in as_(world.clara).get("/staff/").content.decode()
    assert f'href="{ADDRESS}"' not in as_(world.zoe).get("/staff/").content.decode()


def test_a_date_that_does_not_come_out_is_shown(clara, past):
    decision = clock(past[0], "decision")
    Deadline.objects.filter(pk=decision.pk).update(due_at=decision.due_at - timedelta(hours=1))
    said = text_of(clara.get(ADDRESS, {"ask": "1"}))
    assert "1 date does not come out as it was written down." in said
    assert past[0].reference in said
    assert "no difference to what was written down" not in said


def test_too_many_complaints_are_refused_with_what_to_do(clara, past, monkeypatch):
    monkeypatch.setattr(screen, "MOST", 2)
    said = text_of(clara.get(ADDRESS, SHORTER))
    assert "That would be 3 complaints; 2 can be looked at on this page." in said
    assert "Choose a shorter period or a unit." in said


def test_complaints_from_elsewhere_say_how_they_are_judged(clara, world):
    london = ZoneInfo("Europe/London")
    days = [(date(2026, 1, 5), date(2026, 1, 5)), (date(2026, 1, 5), date(2026, 1, 27)), (date(2024, 1, 8), None)]
    made = [
        HistoricComplaint(
            external_id=str(number),
            received_at=datetime(*received.timetuple()[:3], tzinfo=london),
            title="A letter",
            stage=Stage.CLOSED if answered else Stage.RECEIVED,
            stage_since=datetime(*answered.timetuple()[:3], tzinfo=london) if answered else None,
        )
        for number, (received, answered) in enumerate(days)
    ]
    record_history(made, source="old", by=SYSTEM, at=world.at)
    answer = clara.get(ADDRESS, {"ask": "1"})
    said = text_of(answer)
    assert "Nothing is changed: 2 of 3 deadlines were missed." in said
    assert "3 deadlines are of complaints taken over from another system." in said
    assert "For 1 of them both days are the same." in said
    # Due on Monday 26 January, known to be answered on the 27th: a day late, not a minute.
    assert re.search(r"27 Jan 2026 26 Jan 2026 26 Jan 2026 1 day late", said)
    assert "Still open" in said
    # More than two years apart: the picture has years, the table every month.
    assert "Missed deadlines by year" in said
    assert "2 months" in said


def test_it_costs_the_same_for_three_and_for_thirty(clara, world, past):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert clara.get(ADDRESS, {**SHORTER, "pack": "uk-fca-disp.1"}).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for number in range(9):
        told(world, at(2, 1), at(3 + number))
    assert Complaint.objects.count() == 12
    assert queries() == few
    assert few <= 60


@pytest.mark.browser
@pytest.mark.looks
def test_it_looks_right_and_works_by_keyboard_without_javascript(site, new_page, axe, sign_in):
    began = clock_of_the_machine.now() - timedelta(days=60)
    world = builders.a_world(at=began)
    for days in (3, 40):
        told(world, began, began + timedelta(days=days))
    page = new_page(javascript=False)
    sign_in(page, site, world.clara)
    page.goto(f"{site}/staff/")
    page.get_by_role("link", name="What if").click()
    page.get_by_label("How long", exact=True).fill("2")
    page.keyboard.press("Enter")
    page.wait_for_selector("#list")
    assert "ask=1" in page.url
    assert page.locator("#list [data-row]").count() >= 2
    shown = new_page()
    sign_in(shown, site, world.clara)
    for address in (page.url, f"{site}{ADDRESS}", f"{page.url}&since=x"):
        for width, theme in (*LOOKS, (320, "light")):
            shown.set_viewport_size({"width": width, "height": 900})
            shown.emulate_media(color_scheme=theme, reduced_motion="reduce")
            shown.goto(address)
            assert axe(shown) == [], (address, width, theme)
            assert shown.evaluate("document.documentElement.scrollWidth") <= width
            assert shown.locator("svg.chart:visible").count() == (1 if address == page.url else 0)

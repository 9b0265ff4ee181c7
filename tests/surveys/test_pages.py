"""The pages of the survey: the questions on the tracking page, the rule, the results, and what is simulated."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from amends.complaints.intake import Contact
from amends.complaints.stages import Stage
from amends.kit import clock
from amends.people.standing import SYSTEM
from amends.surveys.actions import Said, answer, draw
from amends.surveys.models import Dimension, SimulatedContact, Survey, SurveyAnswer, SurveyRule
from amends.surveys.turning import turn
from tests import builders
from tests.cast import World
from tests.portal.visitor import a_complaint_with_code, follower
from tests.surveys.test_surveys import ALL_GOOD, asked, asks, ended

pytestmark = pytest.mark.once

DAY = timedelta(days=1)
COOKIE = settings.SESSION_COOKIE_NAME
FIELDS = dict.fromkeys(Dimension.values, "")


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_anonymous_find_the_questions_on_the_tracking_page(world: World) -> None:
    asks(world, wait_days=0)
    complaint, _code = a_complaint_with_code(world, Stage.CLOSED, is_anonymous=True)
    visitor = follower(complaint)
    assert visitor.get("/track/survey/").url == "/en/track/view/"
    draw(complaint, "closed", by=SYSTEM, at=clock.now())
    assert "Answer the questions" not in visitor.get("/track/view/").content.decode()
    turn(clock.now())
    assert Survey.objects.get().channel == "page"
    assert "Answer the questions" in visitor.get("/track/view/").content.decode()
    page = visitor.get("/track/survey/").content.decode()
    assert page.index("The way we handled it") < page.index("What came of it")
    empty = visitor.post("/track/survey/", FIELDS)
    assert (empty.status_code, "Answer at least one question" in empty.content.decode()) == (422, True)
    assert visitor.post("/track/survey/", {**FIELDS, "handling": "9", "comment": "Keep me"}).status_code == 422
    said = {**FIELDS, "fairness": "2", "comment": "I waited\x00 long."}
    assert visitor.post("/track/survey/", said).url == "/en/track/view/"
    kept = SurveyAnswer.objects.get()
    assert (kept.fairness, kept.handling, kept.comment, kept.at.second) == (2, None, "I waited long.", 0)
    page = visitor.get("/track/survey/").content.decode()
    assert "I waited long." in page
    assert 'value="2" id="id_fairness_3" checked' in page or "checked" in page
    Survey.objects.update(closes_at=clock.now() - DAY)
    assert visitor.post("/track/survey/", said).url == "/en/track/view/"
    assert "This survey is over." in visitor.get("/track/view/").content.decode()
    assert SurveyAnswer.objects.get().version == 1


def test_the_rule_is_changed_and_its_history_stays(world: World) -> None:
    adam, dario = signed_in(world.adam), signed_in(world.dario)
    assert "Nobody is asked." in dario.get("/settings/survey/").content.decode()
    assert dario.get("/settings/survey/change/").status_code == 403
    typed = {
        "seen": "0",
        "is_on": "on",
        "moment": "closed",
        "share": "50",
        "wait_days": "2",
        "open_days": "21",
        "apart_days": "90",
        "never": ["poor-service"],
    }
    assert adam.post("/settings/survey/change/", {**typed, "share": "0"}).status_code == 422
    assert adam.post("/settings/survey/change/", typed).status_code == 302
    page = dario.get("/settings/survey/").content.decode()
    assert "50 of 100 are asked" in page
    assert world.adam.name in page
    clash = adam.post("/settings/survey/change/", {**typed, "share": "70"})
    assert (clash.status_code, SurveyRule.objects.count()) == (409, 1)


def test_results_tell_figures_and_comments_but_nobody(world: World, django_assert_max_num_queries) -> None:
    asks(world, open_days=1, apart_days=0)
    for place, survey in enumerate(asked(world, *(ended(world, f"P{n}") for n in range(5)))):
        by = builders.the_complainant(survey.complaint)
        scores = ALL_GOOD if place else {"handling": 2}
        answer(survey, Said(scores, f"Comment {place}", "en"), by=by, at=world.at + 4 * DAY)
    client = signed_in(world.tom)
    with django_assert_max_num_queries(30):
        page = client.get("/oversight/surveys/").content.decode()
    assert "March 2026" in page
    assert "3.6" in page
    assert page.count("fewer than 5") == 4  # four people answered the other questions
    assert all(f"Comment {place}" in page for place in range(5))
    assert not any(survey.complaint.reference in page for survey in Survey.objects.all())
    assert signed_in(world.liis).get("/oversight/surveys/").status_code == 403


def test_a_simulated_complaint_is_marked_and_judged(world: World) -> None:
    complaint = ended(world)
    clara, liis = signed_in(world.clara), signed_in(world.liis)
    address = "/oversight/surveys/simulated/"
    assert liis.get(address).status_code == 403
    said = {"reference": complaint.reference.lower(), "scenario": "Asks for a refund", "reason": "Yearly"}
    assert clara.post(address, {**said, "reference": "LAU-26-AAAAAAAA"}).status_code == 422
    assert clara.post(address, said).status_code == 302
    assert "Asks for a refund" in signed_in(world.dario).get(address).content.decode()
    one = f"{address}{complaint.reference}/"
    assert clara.post(one, {"result": ""}).status_code == 422
    assert clara.post(one, {"result": "Friendly, and late."}).status_code == 302
    assert "Friendly, and late." in clara.get(one).content.decode()
    row = SimulatedContact.objects.get()
    assert (row.result_by, row.complaint.is_simulated) == (world.clara, True)
    page = liis.get(f"/staff/complaints/{complaint.reference}/").content.decode()
    assert "imulated" not in page  # whoever handles it is not told
    for who, shown in ((clara, True), (signed_in(world.dario), True), (signed_in(world.uma), False)):
        register = who.get("/staff/register/").content.decode()
        assert ("imulated" in register) == shown
        assert complaint.reference in register
    other = ended(world, "Ann")
    clara.post(address, {**said, "reference": other.reference})
    assert clara.post(f"{address}{other.reference}/ending/", {"ended_why": "It was real"}).status_code == 302
    other.refresh_from_db()
    assert not other.is_simulated


def test_a_colleague_asks_by_telephone_and_never_sees_an_answer_again(world: World) -> None:
    asks(world, wait_days=0)
    complaint, _code = a_complaint_with_code(
        world, Stage.CLOSED, complainant=Contact(name="Mari Saar", phone="+372 5555 0142", contact_by="phone")
    )
    draw(complaint, "closed", by=SYSTEM, at=clock.now())
    turn(clock.now())
    path, liis, uma = f"/staff/complaints/{complaint.reference}/survey/", signed_in(world.liis), signed_in(world.uma)
    assert "You handled it" in liis.get("/staff/surveys/").content.decode()
    assert liis.get(path).status_code == 422
    assert "Enter answers to the survey" in uma.get(f"/staff/complaints/{complaint.reference}/").content.decode()
    assert path in uma.get("/staff/surveys/").content.decode()
    typed = {**FIELDS, "fairness": "2", "comment": "Keep me", "came": "phone"}
    for wrong in ({"came": ""}, {"fairness": "9"}, {"fairness": "", "comment": ""}):
        again = uma.post(path, {**typed, **wrong})
        assert (again.status_code, "Keep me" in again.content.decode()) == (422, "comment" not in wrong)
    assert uma.post(path, typed).url == "/staff/surveys/"
    kept = SurveyAnswer.objects.get()
    assert (kept.fairness, kept.entered_by, kept.came) == (2, world.uma, "phone")
    late = uma.post(path, {**typed, "comment": "Typed too late"})
    assert (late.status_code, "Typed too late" in late.content.decode()) == (422, True)
    assert "Keep me" not in uma.get(path).content.decode()
    assert complaint.reference not in uma.get("/staff/surveys/").content.decode()


@pytest.mark.browser
@pytest.mark.looks
def test_how_the_pages_look(own_database, site, new_page, axe, tmp_path_factory) -> None:
    """Every page of the survey, on a desk in the light and on a phone in the dark."""
    world = builders.a_world(at=clock.now() - 70 * DAY)
    asks(world, open_days=1, apart_days=0)
    surveys = asked(world, *(ended(world, f"P{n}") for n in range(6)))
    for place, survey in enumerate(surveys):
        by = builders.the_complainant(survey.complaint)
        said = Said({**ALL_GOOD, "outcome": 1 + place % 5, "ease": 3}, "They rang me back the same day.", "en")
        answer(survey, said, by=by, at=world.at + 4 * DAY)
    phone = Contact(name="Mari Saar", phone="+372 5555 0142", contact_by="phone")
    complaint, code = a_complaint_with_code(world, Stage.CLOSED, complainant=phone)
    draw(complaint, "closed", by=SYSTEM, at=clock.now() - 4 * DAY)
    turn(clock.now())
    Survey.objects.filter(complaint=complaint).update(closes_at=clock.now() + 9 * DAY)
    clara = signed_in(world.clara)
    clara.post(
        "/oversight/surveys/simulated/",
        {"reference": surveys[5].complaint.reference, "scenario": "A refund after 40 days", "reason": "Yearly"},
    )
    for width, dark in ((1440, False), (390, True)):
        page = new_page(width, dark=dark)
        page.goto(f"{site}/en/track/")
        page.get_by_label("Reference").fill(complaint.reference)
        page.get_by_label("Access code").fill(code)
        page.get_by_label("Access code").press("Enter")
        page.wait_for_url("**/track/view/")
        for address in ("track/view/", "track/survey/"):
            page.goto(f"{site}/en/{address}")
            _look(page, axe, tmp_path_factory, address, width)
        page.context.add_cookies([{"name": COOKIE, "value": clara.cookies[COOKIE].value, "url": site}])
        for address in (
            "oversight/surveys/",
            "oversight/surveys/simulated/",
            f"oversight/surveys/simulated/{surveys[5].complaint.reference}/",
            "staff/surveys/",
            f"staff/complaints/{complaint.reference}/survey/",
            "settings/survey/",
            "settings/survey/change/",
        ):
            page.goto(f"{site}/{address}")
            _look(page, axe, tmp_path_factory, address, width)


def _look(page, axe, folders, address: str, width: int) -> None:
    assert axe(page) == [], f"{address}, {width}"
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{address} is {wide} wide"
    page.screenshot(path=folders.getbasetemp() / f"{address.strip('/').replace('/', '-')}-{width}.png", full_page=True)

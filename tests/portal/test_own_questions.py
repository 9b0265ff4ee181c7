"""The organisation's own questions: asked on the web, on paper and by staff from one definition, and kept typed."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from amends.complaints.models import Complaint, Issue, OwnAnswer
from amends.framework.models import FormVersion
from amends.framework.own_questions import own_form_now
from amends.kit import clock
from tests import builders
from tests.cast import World
from tests.portal.visitor import LEAST, Visitor
from tests.rendering.paper import words_of

NEW = "/settings/form/question/"
LANGUAGES = ("en", "et", "tr")


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def typed(seen: int, label: str, kind: str, place: str = "about", choices: str = "", **more: str) -> dict[str, str]:
    empty = {f"{name}_{code}": "" for name in ("label", "hint", "choices") for code in LANGUAGES}
    said = {"seen": str(seen), "kind": kind, "place": place, "label_en": label, "choices_en": choices}
    return {**empty, **said, **more}


def asks(world: World) -> Client:
    """Four questions of four kinds, by the administrator."""
    adam = signed_in(world.adam)
    for place, (label, kind, more) in enumerate(
        (
            ("Which meter?", "choice", {"choices": "Water\nHeat", "choices_et": "Vesi\nSoojus", "is_required": "on"}),
            ("When was it read?", "day", {}),
            ("What did it cost?", "amount", {}),
            ("May we visit?", "yes_no", {"place": "contact", "label_et": "Kas võime tulla?"}),
        )
    ):
        response = adam.post(NEW, typed(place + 1, label, kind, **more))
        assert response.status_code == 302, response.content.decode()
    return adam


def test_answers_are_checked_shown_and_kept_in_their_type_with_their_version(world: World) -> None:
    asks(world)
    visitor = Visitor()
    draft = visitor.starts()
    missing = visitor.answers(draft, "about", product="not_sure")
    assert (missing.status_code, "Which meter?" in missing.content.decode()) == (422, True)
    about = {"product": "not_sure", "own1": "c2", "own2": "16.02.2026", "own3": "49.90"}
    assert visitor.answers(draft, "about", **{**about, "own1": "c9"}).status_code == 422
    assert visitor.answers(draft, "about", **about).status_code == 302
    what = {**LEAST["what"], "other_points": "The bill was wrong.\n\nNobody rang back."}
    for slug, answers in {**LEAST, "what": what, "contact": {"identity": "anonymous", "own4": "no"}}.items():
        if slug != "about":
            assert visitor.answers(draft, slug, **answers).status_code == 302
    page = visitor.get(f"/complain/{draft.number}/check/").content.decode()
    assert all(words in page for words in ("Which meter?", "Heat", "16 February 2026", "May we visit?"))
    assert visitor.sends(draft).url == "/en/complain/done/"
    complaint = Complaint.objects.get()
    kept = {row.key: row for row in OwnAnswer.objects.filter(complaint=complaint)}
    assert (kept["own1"].code, kept["own2"].day, kept["own4"].code) == ("c2", date(2026, 2, 16), "no")
    assert (kept["own3"].amount, kept["own3"].currency) == (4990, "GBP")
    assert {row.version for row in kept.values()} == {complaint.form_version} == {5}
    points = Issue.objects.order_by("number").values_list("summary", flat=True)
    assert list(points) == ["No water.", "The bill was wrong.", "Nobody rang back."]
    # The question changes afterwards; the answer is read with the words with which it was asked.
    adam = signed_in(world.adam)
    assert adam.post(f"{NEW}own1/", typed(5, "Which device?", "choice", choices="Tap\nRadiator")).status_code == 302
    clara = signed_in(world.clara)
    page = clara.get(f"/staff/complaints/{complaint.reference}/original/").content.decode()
    assert all(words in page for words in ("Which meter?", "Heat", "£49.90", "May we visit?"))
    file = clara.get(f"/staff/complaints/{complaint.reference}/file.pdf")
    assert "Which meter?" in words_of(b"".join(file) if file.streaming else file.content)


def test_questions_are_moved_and_removed_in_versions_and_two_at_once_do_not_overwrite(world: World) -> None:
    adam = asks(world)
    assert adam.post(f"{NEW}own2/place/", {"seen": "5", "up": "up"}).status_code == 302
    assert [each.key for each in own_form_now().questions] == ["own2", "own1", "own3", "own4"]
    assert adam.post(f"{NEW}own2/place/", {"seen": "5", "remove": "remove"}).status_code == 409
    assert adam.post(f"{NEW}own4/place/", {"seen": "6", "remove": "remove"}).status_code == 302
    assert adam.post(NEW, typed(7, "Again?", "text")).status_code == 302
    assert own_form_now().questions[-1].key == "own5"  # no key is used twice
    for wrong in (typed(8, "", "text"), typed(8, "One?", "choice", choices="Only one"), typed(8, "x" * 201, "text")):
        assert adam.post(NEW, wrong).status_code == 422
    page = adam.get("/settings/form/").content.decode()
    assert all(words in page for words in ("Which meter?", "Version 8", "has to be answered"))
    assert "When was it read?" in signed_in(world.dario).get("/settings/form/preview/").content.decode()
    assert signed_in(world.dario).post(NEW, typed(8, "Mine?", "text")).status_code == 403
    assert FormVersion.objects.count() == 7


def test_paper_and_telephone_ask_the_same_as_the_web(world: World) -> None:
    asks(world)
    visitor = Visitor()
    page = visitor.get("/print-form/").content.decode()
    own = ("Which meter?", "Heat", "When was it read?", "May we visit?", "What happened?", "Signature")
    assert all(words in page for words in own)
    for name in ("form", "large-print"):
        made = visitor.get(f"/print-form/{name}.pdf")
        assert made["Content-Type"] == "application/pdf"
        assert all(words in words_of(made.content) for words in ("Which meter?", "Heat", "Signature"))
    assert "Kas võime tulla?" in visitor.client.get("/et/print-form/").content.decode()
    recording = signed_in(world.frida).get("/staff/complaints/new/").content.decode()
    assert all(words in recording for words in ("Which meter?", "What did it cost?"))


def test_who_writes_something_alike_is_asked_only_on_the_same_device(world: World) -> None:
    again = "something alike was sent from this device"
    visitor, stranger = Visitor(), Visitor("203.0.113.99")
    same = {**LEAST, "what": {"text": "No water again in Mill Lane since Monday.", "danger": "no"}}
    first = visitor.complains(same)
    other = visitor.fills_in({**LEAST, "what": {"text": "The bill shows another address.", "danger": "no"}})
    assert again not in visitor.get(f"/complain/{other.number}/check/").content.decode()
    for somebody, is_asked in ((visitor, True), (stranger, False)):
        draft = somebody.fills_in({**same, "what": {"text": "since monday NO WATER in Mill Lane", "danger": "no"}})
        page = somebody.get(f"/complain/{draft.number}/check/").content.decode()
        assert (again in page) == is_asked
        assert first.reference not in page
    assert visitor.sends(draft).status_code == 404  # a stranger's draft


@pytest.mark.browser
@pytest.mark.looks
def test_how_the_pages_look(own_database, site, new_page, axe, tmp_path_factory) -> None:
    """Settings of the form, preview and paper, on a desk in the light and on a phone in the dark."""
    world = builders.a_world(at=clock.now())
    adam = asks(world)
    cookie = settings.SESSION_COOKIE_NAME
    for width, dark in ((1440, False), (390, True)):
        page = new_page(width, dark=dark)
        page.context.add_cookies([{"name": cookie, "value": adam.cookies[cookie].value, "url": site}])
        for address in (
            "settings/form/",
            "settings/form/question/own1/",
            "settings/form/preview/",
            "en/print-form/",
        ):
            page.goto(f"{site}/{address}")
            assert axe(page) == [], f"{address}, {width}"
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{address} is {wide} wide"
            name = f"{address.strip('/').replace('/', '-')}-{width}.png"
            page.screenshot(path=tmp_path_factory.getbasetemp() / name, full_page=True)

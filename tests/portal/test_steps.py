"""The five steps of questions."""

import pytest

from amends.complaints.models import Draft
from tests.portal.conftest import Moment
from tests.portal.visitor import LEAST, MOST, WHAT, Visitor

STEPS = ["about", "who", "what", "remedy", "contact"]


@pytest.mark.parametrize("answers", [LEAST, MOST], ids=["least", "most"])
def test_each_step_leads_to_the_next_and_the_last_to_checking(visitor: Visitor, answers: dict) -> None:
    draft = visitor.starts()
    for slug, following in zip(STEPS, [*STEPS[1:], "check"], strict=True):
        response = visitor.answers(draft, slug, **answers[slug])
        assert response.url == f"/en/complain/{draft.number}/{following}/"
    draft.refresh_from_db()
    assert draft.steps_done == STEPS


def test_the_page_says_which_step_it_is_and_offers_help_in_the_same_place(visitor: Visitor) -> None:
    draft = visitor.starts()
    for number, slug in enumerate(STEPS, start=1):
        page = visitor.get(f"/complain/{draft.number}/{slug}/").content.decode()
        assert f"Step {number} of 6" in page
        assert f"<title>Step {number} of 6: " in page
        assert page.index("Your answers are saved") < page.index("Need help with this form?")
        assert "0800 555 0142" in page


def test_answers_come_back_when_one_returns(visitor: Visitor) -> None:
    draft = visitor.fills_in()
    page = visitor.get(f"/complain/{draft.number}/what/").content.decode()
    assert WHAT["text"] in page
    assert 'value="16 February 2026"' in page
    assert 'value="mari@example.org"' in visitor.get(f"/complain/{draft.number}/contact/").content.decode()


def test_what_is_missing_is_said_and_what_was_typed_is_kept(visitor: Visitor) -> None:
    draft = visitor.starts()
    response = visitor.answers(draft, "what", text="No water since Monday", when="day", occurred_on="some day")
    assert response.status_code == 422
    page = response.content.decode()
    assert "<title>Error: Step 3 of 6" in page
    assert page.count("Choose whether anyone is in danger now") == 2
    assert page.count("Enter a date in the past, like 2 March 2026") == 2
    assert "No water since Monday" in page
    assert 'value="some day"' in page
    draft.refresh_from_db()
    assert draft.answers["text"] == "No water since Monday"
    assert "what" not in draft.steps_done


def test_a_step_that_is_made_invalid_is_no_longer_done(visitor: Visitor) -> None:
    draft = visitor.fills_in()
    assert visitor.answers(draft, "what", text="", danger="no").status_code == 422
    assert visitor.get(f"/complain/{draft.number}/check/").url == f"/en/complain/{draft.number}/what/"


def test_who_wants_mail_has_to_give_an_address(visitor: Visitor) -> None:
    draft = visitor.starts()
    response = visitor.answers(draft, "contact", identity="named", name="Mari", contact_by="email")
    assert response.status_code == 422
    assert "Enter an e-mail address, or choose another way to be told." in response.content.decode()


def test_a_name_typed_before_choosing_to_stay_anonymous_is_forgotten(visitor: Visitor) -> None:
    draft = visitor.starts()
    visitor.answers(draft, "contact", identity="named", name="Mari Saar", contact_by="portal")
    visitor.answers(draft, "contact", identity="anonymous", name="Mari Saar", email="mari@example.org")
    draft.refresh_from_db()
    assert "Mari" not in str(draft.answers)
    assert "mari@" not in str(draft.answers)


def test_danger_shows_the_emergency_number_on_every_later_page(visitor: Visitor) -> None:
    draft = visitor.starts()
    assert "999" not in visitor.get(f"/complain/{draft.number}/remedy/").content.decode()
    page = visitor.get(f"/complain/{draft.number}/what/").content.decode()
    assert 'data-reveal="id_danger_0"' in page
    assert 'id="id_danger_0"' in page
    visitor.answers(draft, "what", **{**WHAT, "danger": "yes"})
    for slug in ("remedy", "contact"):
        assert 'href="tel:999"' in visitor.get(f"/complain/{draft.number}/{slug}/").content.decode()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Tell us what happened, in a few words"),
        (" \r\n\x00 ", "Tell us what happened, in a few words"),
        ("x" * 20_001, "Shorten this to 20000 characters."),
        ("x" * 70_000, "Shorten this to 20000 characters."),
    ],
)
def test_texts_that_cannot_be_taken_are_answered_with_a_sentence(visitor: Visitor, text: str, says: str) -> None:
    draft = visitor.starts()
    response = visitor.answers(draft, "what", text=text, danger="no")
    assert response.status_code == 422
    assert says in response.content.decode()


def test_nul_and_other_control_characters_are_dropped(visitor: Visitor) -> None:
    draft = visitor.starts()
    response = visitor.answers(draft, "what", text="No \x00water\x07\r\nsince Monday", danger="no")
    assert response.status_code == 302
    draft.refresh_from_db()
    assert draft.answers["text"] == "No water\nsince Monday"


def test_a_body_that_is_not_utf_8_is_asked_for_again(visitor: Visitor) -> None:
    draft = visitor.starts()
    response = visitor.client.generic(
        "POST",
        f"/en/complain/{draft.number}/what/",
        b"text=Su+kesildi+%FE%FF%DE&danger=no",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 422
    assert "Some letters did not arrive as you wrote them." in response.content.decode()
    assert "Su kesildi" in response.content.decode()


def test_more_than_can_be_read_at_once_is_refused_without_a_trace(visitor: Visitor) -> None:
    draft = visitor.starts()
    response = visitor.answers(draft, "remedy", remedy_wanted_text="x" * 1_100_000)
    assert response.status_code in {413, 422}
    draft.refresh_from_db()
    assert len(str(draft.answers)) < 70_000


def test_a_step_that_does_not_exist_is_not_found(visitor: Visitor) -> None:
    draft = visitor.starts()
    assert visitor.get(f"/complain/{draft.number}/payment/").status_code == 404


@pytest.mark.parametrize("path", ["about/", "check/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_opens_a_draft(visitor: Visitor, path: str, method: str) -> None:
    draft = visitor.fills_in()
    stranger = Visitor("203.0.113.9")
    stranger.starts()
    answers = [getattr(who, method)(f"/complain/{number}/{path}")
               for who in (stranger, Visitor()) for number in (draft.number, "0000000000")]  # fmt: skip
    assert {response.status_code for response in answers} == {404}
    assert all("This draft does not open here" in response.content.decode() for response in answers)
    assert all("/en/resume/" in response.content.decode() for response in answers)


def test_a_draft_runs_out_after_two_weeks(visitor: Visitor, moment: Moment) -> None:
    draft = visitor.fills_in()
    moment.later(days=13)
    assert visitor.get(f"/complain/{draft.number}/check/").status_code == 200
    moment.later(days=2)
    response = visitor.post(f"/complain/{draft.number}/what/", {"text": "A long text that I do not want to lose. " * 4})
    assert response.status_code == 404
    assert "A long text that I do not want to lose." in response.content.decode()


def test_saving_for_later_shows_the_draft_code_once(visitor: Visitor) -> None:
    draft = visitor.starts()
    response = visitor.answers(draft, "what", text="Half a sent", danger="", later="yes")
    assert response.status_code == 200
    code = response.context["code"]
    page = response.content.decode()
    assert code in page
    assert "16 March 2026" in page
    draft.refresh_from_db()
    assert draft.answers["text"] == "Half a sent"
    assert code.replace("-", "") not in str(Draft.objects.values().get())
    assert code not in visitor.get(f"/complain/{draft.number}/what/").content.decode()


class TestAutosave:
    def test_keeps_what_is_not_valid_yet(self, visitor: Visitor) -> None:
        draft = visitor.starts()
        response = visitor.post(
            f"/complain/{draft.number}/what/draft/", {"text": "Half a\x00 sent", "occurred_on": "so"}
        )
        assert (response.status_code, response.content) == (204, b"")
        draft.refresh_from_db()
        assert draft.answers["text"] == "Half a sent"
        assert draft.answers["occurred_on"] == "so"
        assert draft.steps_done == []

    def test_does_not_finish_a_step_and_does_not_undo_a_valid_one(self, visitor: Visitor) -> None:
        draft = visitor.fills_in()
        visitor.post(f"/complain/{draft.number}/who/draft/", {"for_whom": "organisation"})
        draft.refresh_from_db()
        assert "who" not in draft.steps_done
        visitor.post(f"/complain/{draft.number}/what/draft/", {"text": "Other words", "danger": "no"})
        draft.refresh_from_db()
        assert "what" in draft.steps_done

    def test_says_when_it_cannot_keep_it(self, visitor: Visitor) -> None:
        draft = visitor.starts()
        response = visitor.post(f"/complain/{draft.number}/what/draft/", {"text": "x" * 70_000})
        assert response.status_code == 422

    def test_is_for_the_device_of_the_draft(self, visitor: Visitor) -> None:
        draft = visitor.starts()
        assert Visitor().post(f"/complain/{draft.number}/what/draft/", {"text": "Mine"}).status_code == 404
        assert visitor.get(f"/complain/{draft.number}/what/draft/").status_code == 405
        draft.refresh_from_db()
        assert draft.answers == {}

"""The questions of the complaint form as Django forms."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import translation

from amends.complaints.form_definition import COMPLAINT_FORM, FormStep
from amends.framework.models import Organisation, Product
from amends.kit.translated import TranslatedText
from amends.ui.definition_forms import DefinitionForm, as_answers, form_for, initial_from, typed_answers
from amends.ui.widgets import RadioRows

pytestmark = pytest.mark.usefixtures("organisation")
TODAY = date(2026, 3, 2)


def step(slug: str) -> FormStep:
    found = COMPLAINT_FORM.step(slug)
    assert found
    return found


def filled(slug: str, **data: object) -> DefinitionForm:
    return form_for(step(slug))(data, today=TODAY)


def what(**data: object) -> DefinitionForm:
    return filled("what", **{"text": "No water.", "danger": "no", **data})


def contact(**data: object) -> DefinitionForm:
    return filled("contact", **{"identity": "named", "name": "Mari Saar", "contact_by": "portal", **data})


def test_every_step_becomes_a_form_with_a_field_per_question() -> None:
    for each in COMPLAINT_FORM.steps:
        assert len(form_for(each)(today=TODAY).fields) == len(each.questions)


def test_required_questions_say_their_own_sentence() -> None:
    form = filled("what")
    assert form.errors["text"] == ["Tell us what happened, in a few words"]
    assert form.errors["danger"] == ["Choose whether anyone is in danger now"]
    assert set(form.errors) == {"text", "danger"}


def test_choices_are_those_of_the_moment(organisation: Organisation) -> None:
    made = form_for(step("about"))
    Product.objects.create(code="meters", label=TranslatedText({"en": "Meters"}), position=90)
    assert ("meters", "Meters") in made(today=TODAY).fields["product"].choices  # type: ignore[attr-defined]


def test_grouped_choices_are_a_list_to_open() -> None:
    parent = Product.objects.get(code="our-services")
    Product.objects.create(code="water", label=TranslatedText({"en": "Water"}), parent=parent)
    shown = str(form_for(step("about"))(today=TODAY)["product"])
    assert "<select" in shown
    assert "<optgroup" in shown


def test_dependent_questions_stand_below_the_option_they_belong_to() -> None:
    form = form_for(step("contact"))(today=TODAY)
    widget = form.fields["identity"].widget
    assert isinstance(widget, RadioRows)
    assert widget.reveals["named"][:3] == ["name", "contact_by", "email"]
    assert [bound.name for bound in form.top_fields] == ["identity", "needs"]


def test_dependent_questions_are_required_only_with_their_option() -> None:
    form = contact(name="")
    assert form.errors["name"] == ["Enter your name, or choose to stay anonymous"]
    assert contact(identity="anonymous", name="").is_valid()


def test_what_was_typed_below_an_option_not_chosen_is_dropped_unchecked() -> None:
    form = contact(identity="anonymous", name="Mari Saar", email="not an address", phone="12" * 90)
    assert form.is_valid(), form.errors
    answers = as_answers(form)
    assert answers["identity"] == "anonymous"
    assert not any(answers[key] for key in ("name", "email", "phone", "address", "contact_by"))


@pytest.mark.parametrize(
    ("language", "typed"),
    [("en", "16 February 2026"), ("en", "16.02.2026"), ("et", "16. veebruar 2026"), ("tr", "16 Şubat 2026")],
)
def test_days_are_read_as_people_write_them(language: str, typed: str) -> None:
    with translation.override(language):
        form = what(when="day", occurred_on=typed)
        assert form.is_valid(), form.errors
        assert as_answers(form)["occurred_on"] == "2026-02-16"


def test_days_in_words_are_kept_as_days_because_tomorrow_they_would_mean_another() -> None:
    form = what(when="day", occurred_on="yesterday")
    assert form.is_valid()
    assert as_answers(form)["occurred_on"] == "2026-03-01"
    assert typed_answers(form)["occurred_on"] == "2026-03-01"


@pytest.mark.parametrize("typed", ["32.13.2026", "soon", "3 March 2026", "2027"])
def test_days_that_cannot_be_meant_are_refused_with_an_example(typed: str) -> None:
    form = what(when="day", occurred_on=typed)
    assert form.errors["occurred_on"] == ["Enter a date in the past, like 2 March 2026"]


def test_days_are_shown_in_the_language_of_the_reader_and_read_back() -> None:
    for language in ("en", "et", "tr"):
        with translation.override(language):
            shown = initial_from(step("what"), {"when": "day", "occurred_on": "2026-02-16"})
            assert as_answers(what(**shown))["occurred_on"] == "2026-02-16"


def test_over_long_answers_say_how_long_they_may_be() -> None:
    form = filled("about", product="not_sure", site="x" * 121)
    assert form.errors["site"] == ["Shorten this to 120 characters. It has 121 now."]
    assert "20000" in what(text="x" * 20_001).errors["text"][0]


def test_control_characters_are_dropped_and_lines_kept() -> None:
    form = what(text="One\x00 two\r\nthree")
    assert form.is_valid()
    assert as_answers(form)["text"] == "One two\nthree"


def test_what_was_typed_is_given_even_where_it_does_not_pass() -> None:
    typed = typed_answers(what(text="\x00 a" * 9000, danger="", when="day", occurred_on="some \x00day"))
    assert typed["text"].startswith("a a a")
    assert (typed["danger"], typed["occurred_on"]) == ("", "some day")


def test_letters_in_a_wrong_encoding_are_asked_for_again() -> None:
    form = form_for(step("what"))(QueryDict(b"text=%ff%fe+water&danger=no"), today=TODAY)
    assert form.errors["text"][0].startswith("Some letters did not arrive as you wrote them.")


@pytest.mark.parametrize("value", ["nobody", "\x00", "me' OR 1=1"])
def test_an_answer_that_was_not_offered_is_refused(value: str) -> None:
    assert filled("who", for_whom=value).errors["for_whom"] == ["Choose one of the answers shown"]
    assert filled("remedy", remedy_wanted=["apologise", value]).errors["remedy_wanted"] == [
        "Choose one of the answers shown"
    ]


def test_e_mail_addresses_are_checked() -> None:
    assert contact(email="mari@").errors["email"] == ["Enter an e-mail address, like name@example.com"]
    assert as_answers(contact(email=" mari@example.org "))["email"] == "mari@example.org"


@pytest.mark.parametrize(("typed", "is_right"), [("120", True), ("49,90", True), ("a lot", False), ("-5", False)])
def test_amounts_are_read(typed: str, is_right: bool) -> None:
    assert filled("remedy", amount=typed).is_valid() is is_right


def test_answers_are_json_and_fill_the_form_again() -> None:
    answers = as_answers(filled("remedy", remedy_wanted=["apologise", "not_sure"], amount="120"))
    answers = json.loads(json.dumps(answers))
    again = form_for(step("remedy"))(initial_from(step("remedy"), answers), today=TODAY)
    assert as_answers(again) == answers


def test_answers_in_words_leave_out_what_does_not_matter() -> None:
    answers = {"for_whom": "me", "their_name": "Left over"}
    assert [str(row.question) for row in DefinitionForm.shown_answers(step("who"), answers)] == ["Who has the problem?"]
    rows = DefinitionForm.shown_answers(step("what"), {"text": "No water", "when": "day", "occurred_on": "2026-02-16"})
    assert {str(row.question): row.answer for row in rows} == {
        "What happened?": "No water",
        "Is there another point?": "",
        "When did it happen?": "On a date I know",
        "Date": "16 February 2026",
        "Is anyone in danger or without an essential service right now?": "",
    }


def test_staff_are_not_offered_their_own_addresses() -> None:
    ours = str(form_for(step("contact"))(today=TODAY)["email"])
    theirs = str(form_for(step("contact"), for_staff=True)(today=TODAY)["email"])
    assert 'autocomplete="email"' in ours
    assert 'autocomplete="off"' in theirs


def test_files_have_a_field_of_their_own_and_are_no_answer() -> None:
    made = form_for(step("what"))
    upload = {"attachments": [SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.txt", b"b")]}
    form = made({"text": "No water", "danger": "no"}, upload, today=TODAY)
    assert form.is_valid(), form.errors
    assert [file.name for file in form.cleaned_data["attachments"]] == ["a.txt", "b.txt"]
    assert "attachments" not in as_answers(form)

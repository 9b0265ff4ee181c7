"""`{% field %}`: label, hint, error and control of each widget, tied together."""

import re

import pytest
from django import forms
from django.template import engines

from amends.ui.sample import SampleForm
from amends.ui.widgets import ManyFilesField
from tests.ui.pages import Complaint

pytestmark = pytest.mark.engineless


def drawn(form: forms.Form, name: str, options: str = "") -> str:
    return engines["django"].from_string("{% field form." + name + " " + options + " %}").render({"form": form})


def summary(*shown: forms.Form) -> str:
    return engines["django"].from_string("{% error_summary a b %}").render(dict(zip("ab", shown, strict=False)))


def ids(page: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', page)


@pytest.fixture
def wrong() -> SampleForm:
    form = SampleForm({"when": "known", "email": "no address"})
    form.is_valid()
    return form


def test_a_text_has_label_hint_and_control() -> None:
    page = drawn(SampleForm(), "reference")
    assert '<label class="label" for="id_reference">Reference</label>' in page
    assert '<div class="hint" id="id_reference_hint">For example LKH-26-7K3M9TQH</div>' in page
    assert 'aria-describedby="id_reference_hint"' in page
    assert 'dir="ltr"' in page
    assert 'autocomplete="off"' in page
    assert "aria-invalid" not in page


@pytest.mark.parametrize("name", [name for name in SampleForm.base_fields if name != "attachments"])
def test_every_described_by_leads_somewhere(name: str, wrong: SampleForm) -> None:
    for form in (SampleForm(), wrong):
        page = drawn(form, name)
        for described in re.findall(r'aria-describedby="([^"]+)"', page):
            assert set(described.split()) <= set(ids(page))
        for labelled in re.findall(r'\bfor="([^"]+)"', page):
            assert labelled in ids(page)
        assert len(ids(page)) == len(set(ids(page)))


def test_an_error_is_said_at_the_field_and_marks_it(wrong: SampleForm) -> None:
    page = drawn(wrong, "email")
    assert 'aria-invalid="true"' in page
    assert 'id="id_email_error"' in page
    assert 'aria-describedby="id_email_error"' in page
    assert '<span class="visually-hidden">Error: </span>Enter a valid email address.' in page
    assert 'value="no address"' in page


def test_what_is_optional_is_marked_and_a_checkbox_is_not() -> None:
    assert "(optional)" in drawn(SampleForm(), "email")
    assert "(optional)" not in drawn(SampleForm(), "email", "mark_optional=False")
    assert "(optional)" not in drawn(SampleForm(), "reference")
    assert "(optional)" not in drawn(SampleForm(), "permission")


def test_label_hint_and_width_can_be_given() -> None:
    page = drawn(SampleForm(), "reference", 'label="Other" hint="" width="s"')
    assert ">Other</label>" in page
    assert "hint" not in page
    assert 'class="input width-s"' in page


def test_a_long_text_is_counted_and_never_cut_off() -> None:
    page = drawn(SampleForm(), "what")
    assert "maxlength" not in page
    assert 'data-limit="5000"' in page
    assert "You can write up to 5,000 characters" in page
    assert 'data-count="id_what_count"' in page


def test_a_select_keeps_its_groups() -> None:
    page = drawn(SampleForm(), "service")
    assert '<optgroup label="Water">' in page
    assert 'class="input"' in page


def test_a_choice_is_a_group_with_a_name() -> None:
    page = drawn(SampleForm(initial={"when": "known"}), "when")
    assert '<fieldset class="field" id="id_when" aria-describedby="id_when_hint">' in page
    assert '<legend class="label">When did it happen?</legend>' in page
    assert page.count('type="radio"') == 3
    assert page.count("checked") == 1
    assert "We can work it out together." in page


def test_a_field_stands_under_the_option_that_reveals_it() -> None:
    page = drawn(SampleForm(), "when")
    assert '<div class="revealed" data-reveal="id_when_0">' in page
    assert page.index('id="id_when_0"') < page.index('name="on"') < page.index('id="id_when_1"')
    assert "hidden" not in page.split("data-reveal")[1].split(">")[0]


def test_the_matrix_reads_as_sentences_and_shows_short_words() -> None:
    page = drawn(SampleForm(initial={"severity": "0-3"}), "severity")
    assert page.count('type="radio"') == 16
    assert 'aria-label="Severity Critical, impact One household: priority 1"' in page
    assert page.count(" checked") == 1
    assert '<span aria-hidden="true">P1</span>' in page


def test_files_can_be_several() -> None:
    page = drawn(SampleForm(), "attachments")
    assert "multiple" in page
    assert 'data-file-list="id_attachments"' in page


def test_several_files_or_none_are_a_list() -> None:
    assert ManyFilesField(required=False).clean(None) == []
    with pytest.raises(forms.ValidationError):
        ManyFilesField().clean([])


def test_the_summary_names_every_error_and_leads_to_its_field(wrong: SampleForm) -> None:
    page = summary(wrong)
    assert 'role="alert"' in page
    assert '<a href="#id_what">' in page
    assert '<a href="#id_severity_0">' in page
    assert '<a href="#id_email">Enter a valid email address.</a>' in page


def test_the_summary_takes_several_forms_and_errors_of_the_whole(wrong: SampleForm) -> None:
    other = Complaint({"what": "x", "when": "unsure"})
    other.add_error(None, "Sent already.")
    page = summary(wrong, other)
    assert "<li>Sent already.</li>" in page
    assert page.count("<li>") == len(wrong.errors) + 1


def test_there_is_no_summary_while_nothing_is_wrong() -> None:
    assert summary(SampleForm(), Complaint({"what": "x", "when": "unsure"})) == ""


def test_what_people_typed_is_never_markup() -> None:
    page = drawn(Complaint({"what": "</textarea><script>alert(1)</script>"}), "what")
    assert "<script>" not in page

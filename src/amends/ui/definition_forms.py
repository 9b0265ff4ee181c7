"""The typed questions of the complaint form as a Django form: one definition for the public pages and for staff.

form = form_for(step)(request.POST or None, request.FILES or None, today=day, initial=initial_from(step, answers))
answers |= as_answers(form)          # when it is valid
answers |= typed_answers(form)       # what was typed so far, valid or not
rows = DefinitionForm.shown_answers(step, answers)
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import new_class
from typing import Any, ClassVar, cast

from babel import Locale
from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from amends.complaints.form_definition import Answer, Choice, FormStep, Question
from amends.kit.days import read_day
from amends.kit.money import read_amount
from amends.kit.text import clean_line, clean_text
from amends.ui import formatting
from amends.ui.parts import Answer as ShownAnswer
from amends.ui.widgets import CheckboxRows, DayInput, ManyFilesField, PhoneInput, RadioRows

Answers = Mapping[str, Any]

#: What Django's forms call `files` is the uploads of the request, so the field for them has another name.
FILES_FIELD = "attachments"
#: More choices than this are a list to open, not rows to read.
MOST_ROWS = 12
#: What stands for letters that arrived in an encoding we could not read.
_UNREADABLE = "\ufffd"


class LineField(forms.CharField):
    """Text of one line, cleaned of what cannot be kept."""

    default_error_messages = {
        "max_length": _("Shorten this to %(limit_value)d characters. It has %(show_value)d now."),
        "unreadable": _(
            "Some letters did not arrive as you wrote them. They are shown as \ufffd: write them again, or delete them."
        ),
    }

    def to_python(self, value: Any) -> str:
        text = self.cleaned_up(str(super().to_python(value) or ""))
        if _UNREADABLE in text:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        return text

    def cleaned_up(self, typed: str) -> str:
        """The text as it is kept."""
        return clean_line(typed)


class TextField(LineField):
    """Text of several lines."""

    def cleaned_up(self, typed: str) -> str:
        return clean_text(typed)


class DayField(LineField):
    """A day of the past, as people write it; cleaned into a date."""

    today: date

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        found = read_day(typed, language=get_language() or "en", today=self.today)
        if found is None or found > self.today:
            example = formatting.day(self.today)
            raise ValidationError(gettext("Enter a date in the past, like %(day)s") % {"day": example}, code="invalid")
        return found


class AmountField(LineField):
    """An amount of money in the organisation's currency, kept as it was typed."""

    currency: str

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        money = read_amount(typed, self.currency, Locale.parse(get_language() or "en")) if typed else None
        if typed and (money is None or money.minor < 0):
            raise ValidationError(_("Enter the amount in numbers, for example 120 or 49.90."), code="invalid")
        return typed


class DefinitionForm(forms.Form):
    """A step of the form. `today` is the day at the organisation's place, `currency` its own."""

    use_required_attribute = False
    questions: ClassVar[tuple[Question, ...]] = ()

    def __init__(self, *args: Any, today: date, currency: str = "EUR", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in self.questions:
            field = self.fields[_name(question)]
            if isinstance(field, DayField):
                field.today = today
            elif isinstance(field, AmountField):
                field.currency = currency
                field.help_text = f"{question.hint} {gettext('In %(currency)s.') % {'currency': currency}}".strip()
            elif isinstance(field, forms.ChoiceField):
                self._offer(question, field)

    def _offer(self, question: Question, field: forms.ChoiceField) -> None:
        """Fill in the choices as they are now, and say below which of them other questions appear."""
        choices = list(question.choices()) if question.choices else []
        if question.answer is Answer.CHOICES:
            field.widget = CheckboxRows()
        elif question.answer is Answer.CHOICE and _are_few(choices):
            field.widget = RadioRows(reveals=self._revealed_by(question))
        else:
            field.widget = forms.Select()
            choices = [("", _("Choose one")), *choices]
        field.choices = choices

    def _revealed_by(self, question: Question) -> dict[str, list[str]]:
        below: dict[str, list[str]] = {}
        for other in self.questions:
            if other.only_when and other.only_when[0] == question.key:
                below.setdefault(other.only_when[1], []).append(_name(other))
        return below

    @property
    def top_fields(self) -> list[BoundField]:
        """The fields in their order, without those that their template shows below an option."""
        below = {
            name
            for field in self.fields.values()
            if isinstance(field.widget, RadioRows)
            for names in field.widget.reveals.values()
            for name in names
        }
        return [self[name] for name in self.fields if name not in below]

    def clean(self) -> dict[str, Any]:
        """Forget what was typed below an option that was not chosen."""
        super().clean()
        for question in self.questions:
            name = _name(question)
            if not _applies(question, self.cleaned_data):
                self.errors.pop(name, None)
                self.cleaned_data[name] = None
        return self.cleaned_data

    @staticmethod
    def shown_answers(step: FormStep, answers: Answers, *, change_href: str = "") -> list[ShownAnswer]:
        """Question and answer in words, for "check your answers". Questions that do not matter are left out.

        An empty answer means "Not given"; files are shown by whoever keeps them.
        """
        return [
            ShownAnswer(
                question.label,
                _in_words(question, answers.get(question.key)),
                change_href,
                is_long=question.answer is Answer.TEXT,
            )
            for question in step.questions
            if question.answer is not Answer.FILES and _applies(question, answers)
        ]


def form_for(step: FormStep, *, for_staff: bool = False) -> type[DefinitionForm]:
    """The form of a step. What only staff or only complainants are asked is left out for the others."""
    questions = tuple(
        question for question in step.questions if not (question.portal_only if for_staff else question.staff_only)
    )
    fields = {_name(question): _field(question, for_staff=for_staff) for question in questions}
    body = {"questions": questions, **fields}
    made = new_class(f"{step.slug.title()}Form", (DefinitionForm,), {}, lambda namespace: namespace.update(body))
    return cast("type[DefinitionForm]", made)


def as_answers(form: DefinitionForm) -> dict[str, Any]:
    """The checked answers of a valid form as JSON: text, lists of codes, days in ISO form. Files are not in it."""
    form.is_valid()  # fills cleaned_data
    return {
        question.key: _written(question, form.cleaned_data.get(question.key))
        for question in form.questions
        if question.answer is not Answer.FILES
    }


def typed_answers(form: DefinitionForm) -> dict[str, Any]:
    """What was typed so far: checked where it passes, as it stands where it does not."""
    form.is_valid()  # fills cleaned_data
    typed: dict[str, Any] = {}
    for question in form.questions:
        if question.answer is Answer.FILES:
            continue
        if form.cleaned_data.get(question.key):
            typed[question.key] = _written(question, form.cleaned_data[question.key])
        elif question.answer is Answer.CHOICES:
            typed[question.key] = [clean_line(str(value)) for value in form[question.key].data or ()]
        else:
            typed[question.key] = clean_text(str(form[question.key].data or ""))
    return typed


def initial_from(step: FormStep, answers: Answers) -> dict[str, Any]:
    """Answers as people write them, to fill a form with; or as the data of a form that checks them once more."""
    return {
        question.key: _retyped(question, answers[question.key])
        for question in step.questions
        if answers.get(question.key)
    }


# ---------------------------------------------------------------- one question


def _name(question: Question) -> str:
    return FILES_FIELD if question.answer is Answer.FILES else question.key


def _field(question: Question, *, for_staff: bool) -> forms.Field:
    usual: dict[str, Any] = {
        "label": question.label,
        "help_text": question.hint,
        "required": question.is_required,
        "error_messages": {"required": question.missing or _("Answer this question")},
    }
    # Staff record somebody else: their browser must not offer their own address.
    attrs = {"autocomplete": question.autocomplete if question.autocomplete and not for_staff else "off"}
    match question.answer:
        case Answer.TEXT:
            rows = {"rows": 8 if question.longest > 4000 else 4}
            return TextField(max_length=question.longest, widget=forms.Textarea(rows), **usual)
        case Answer.CHOICE | Answer.LONG_CHOICE:
            return forms.ChoiceField(**_with(usual, "invalid_choice"))
        case Answer.CHOICES:
            return forms.MultipleChoiceField(**_with(usual, "invalid_choice", "invalid_list"))
        case Answer.DAY:
            return DayField(max_length=question.longest, widget=DayInput, **usual)
        case Answer.EMAIL:
            usual["error_messages"] |= LineField.default_error_messages | {
                "invalid": _("Enter an e-mail address, like name@example.com")
            }
            return forms.EmailField(max_length=question.longest, widget=forms.EmailInput(attrs), **usual)
        case Answer.PHONE:
            return LineField(max_length=question.longest, widget=PhoneInput(attrs), **usual)
        case Answer.AMOUNT:
            money = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
            return AmountField(max_length=question.longest, widget=money, **usual)
        case Answer.FILES:
            # An empty file is refused by whoever takes it in, in the same words as every other unfit one.
            return ManyFilesField(allow_empty_file=True, **usual)
    return LineField(max_length=question.longest, widget=forms.TextInput(attrs), **usual)


def _with(usual: dict[str, Any], *codes: str) -> dict[str, Any]:
    messages = usual["error_messages"] | dict.fromkeys(codes, _("Choose one of the answers shown"))
    return {**usual, "error_messages": messages}


def _are_few(choices: Sequence[Choice]) -> bool:
    return len(choices) <= MOST_ROWS and all(isinstance(label, str | Promise) for _value, label in choices)


def _applies(question: Question, answers: Answers) -> bool:
    return question.only_when is None or answers.get(question.only_when[0]) == question.only_when[1]


# ---------------------------------------------------------------- one answer


def _written(question: Question, value: Any) -> Any:
    if question.answer is Answer.CHOICES:
        return [str(item) for item in value or ()]
    if isinstance(value, date):
        return value.isoformat()
    return value or ""


def _retyped(question: Question, value: Any) -> Any:
    if question.answer is Answer.DAY:
        try:
            return formatting.day(date.fromisoformat(str(value)))
        except ValueError:
            return value
    return value


def _in_words(question: Question, value: Any) -> str:
    if not value:
        return ""
    if question.choices is None:
        return str(_retyped(question, value))
    labels = dict(_flat(question.choices()))
    codes = value if isinstance(value, list) else [value]
    return "\n".join(str(labels[code]) for code in codes if code in labels)


def _flat(choices: Sequence[Choice]) -> list[tuple[str, str | Promise]]:
    flat: list[tuple[str, str | Promise]] = []
    for value, label in choices:
        if isinstance(label, str | Promise):
            flat.append((str(value), label))
        else:
            flat += label
    return flat

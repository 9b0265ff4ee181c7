"""What the organisation says of itself, as a form: some of it once per language."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.framework.actions.change_organisation import Details
from amends.framework.models import Organisation
from amends.kit.translated import TranslatedText
from amends.ui.current import offered_languages, own_name
from amends.ui.definition_forms import LineField
from amends.ui.parts import StaleField
from amends.ui.widgets import CheckboxRows, PhoneInput, RadioRows
from amends.workspace.answering import NOT_OFFERED

#: Fields that exist once per language offered, with what they are called.
PER_LANGUAGE = {
    "phone_hours": (_("When the telephone is answered (%(language)s)"), 120),
    "external_body": (_("Who decides where people do not agree with you (%(language)s)"), 300),
}
_NO_BROWSER = {"autocomplete": "off"}


class OrganisationForm(forms.Form):
    """Everything that can be changed after the first start. `seen` is the version that was on the screen."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput)
    name = LineField(label=_("Name of the organisation"), required=False, max_length=120)
    email = LineField(
        label=_("E-mail address for complaints"), required=False, max_length=254, widget=forms.EmailInput(_NO_BROWSER)
    )
    phone = LineField(
        label=_("Telephone for complaints"), required=False, max_length=40, widget=PhoneInput(_NO_BROWSER)
    )
    post_address = LineField(label=_("Address for letters"), required=False, max_length=300)
    visit_address = LineField(label=_("Where people can come by"), required=False, max_length=300)
    brand_colour = LineField(
        label=_("Colour of your letters"),
        help_text=_("Your name at the head of a letter stands in it. Like #1f4e79; empty: black."),
        required=False,
        max_length=7,
    )
    emergency_phone = LineField(
        label=_("Emergency number"),
        help_text=_("Shown at once to somebody who says that a person is in danger."),
        required=False,
        max_length=40,
        widget=PhoneInput(_NO_BROWSER),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you offer"), required=False, widget=CheckboxRows, error_messages=NOT_OFFERED
    )
    profile = forms.ChoiceField(
        label=_("Size"),
        required=False,
        choices=Organisation.Profile.choices,
        error_messages=NOT_OFFERED,
        widget=RadioRows(
            hints={
                "full": _("Every response is approved by somebody who did not write it."),
                "small": _("One person may do both, and it is recorded as such."),
            }
        ),
    )
    portal_is_open = forms.BooleanField(
        label=_("The public page takes complaints"),
        help_text=_("When it does not, it shows how to reach you in other ways."),
        required=False,
    )

    def __init__(self, *args: Any, organisation: Organisation, known_languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.per_language = offered_languages(organisation)
        languages = self.fields["languages"]
        assert isinstance(languages, forms.MultipleChoiceField)
        languages.choices = [(code, own_name(code)) for code in known_languages]
        for field, (label, longest) in PER_LANGUAGE.items():
            for code in self.per_language:
                self.fields[f"{field}_{code}"] = LineField(
                    label=label % {"language": own_name(code)},
                    required=False,
                    max_length=longest,
                    widget=forms.Textarea({"rows": 2}) if longest > 200 else forms.TextInput,
                )

    @property
    def hours_fields(self) -> list[forms.BoundField]:
        """When the telephone is answered, a field per language."""
        return [self[f"phone_hours_{code}"] for code in self.per_language]

    @property
    def body_fields(self) -> list[forms.BoundField]:
        """The outside body, a field per language."""
        return [self[f"external_body_{code}"] for code in self.per_language]

    def details(self) -> Details:
        """What was typed, as the verb takes it. Texts in languages that are not offered now stay as they are."""
        said = self.cleaned_data
        return Details(
            name=said["name"],
            languages=said["languages"],
            email=said["email"],
            phone=said["phone"],
            phone_hours=self._translated("phone_hours"),
            post_address=said["post_address"],
            visit_address=said["visit_address"],
            emergency_phone=said["emergency_phone"],
            external_body=self._translated("external_body"),
            profile=said["profile"],
            portal_is_open=said["portal_is_open"],
            brand_colour=said["brand_colour"],
        )

    def _translated(self, field: str) -> TranslatedText:
        before: TranslatedText = getattr(self.organisation, field)
        return TranslatedText({**before, **{code: self.cleaned_data[f"{field}_{code}"] for code in self.per_language}})

    def differences(self) -> list[StaleField]:
        """What stands in the form and differs from what is saved now: both versions, in words."""
        theirs = values_of(self.organisation, self.per_language)
        return [
            StaleField(bound.label, self._in_words(name, theirs[name]), self._in_words(name, bound.value()))
            for name in self.fields
            if name != "seen"
            and self._in_words(name, theirs[name]) != self._in_words(name, (bound := self[name]).value())
        ]

    def in_words(self) -> list[tuple[str, str]]:
        """Everything that is saved, as names and values, for those who only read it."""
        saved = values_of(self.organisation, self.per_language)
        return [(str(self[name].label), self._in_words(name, saved[name])) for name in self.fields if name != "seen"]

    def _in_words(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return gettext("Yes") if value in {True, "on", "true", "True"} else gettext("No")
        if isinstance(field, forms.MultipleChoiceField):
            labels = dict(_flat(field))
            return ", ".join(labels[code] for code in sorted(value or []) if code in labels)
        if isinstance(field, forms.ChoiceField):
            return dict(_flat(field)).get(str(value), "")
        return str(value or "").strip()


def _flat(field: forms.ChoiceField) -> list[tuple[str, str]]:
    choices: Any = field.choices
    return [(str(value), str(label)) for value, label in choices]


def values_of(organisation: Organisation, languages: list[str]) -> dict[str, Any]:
    """What is saved, by the names of the fields."""
    values: dict[str, Any] = {
        name: getattr(organisation, name)
        for name in (
            "name", "email", "phone", "post_address", "visit_address", "emergency_phone", "languages", "profile",
            "portal_is_open", "brand_colour",
        )
    }  # fmt: skip
    values["seen"] = organisation.version
    for field in PER_LANGUAGE:
        texts: TranslatedText = getattr(organisation, field)
        values |= {f"{field}_{code}": texts.get(code, "") for code in languages}
    return values

"""The questions of the first start."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amends.framework.countries import COUNTRIES
from amends.framework.models import Organisation
from amends.kit.text import fold
from amends.ui.current import own_name
from amends.ui.definition_forms import LineField
from amends.ui.widgets import CheckboxRows, PhoneInput, RadioRows


def _countries() -> list[tuple[str, str]]:
    """The countries we know the calendar and the outside body of, by their name in the reader's language."""
    language = get_language() or "en"
    named = [(code, country.names.get(language, country.names["en"])) for code, country in COUNTRIES.items()]
    return [("", str(_("Choose one"))), *sorted(named, key=lambda each: fold(each[1]))]


class OrganisationForm(forms.Form):
    """The five questions. What is missing, the verb says."""

    use_required_attribute = False

    name = LineField(
        label=_("1. What is the organisation called?"),
        help_text=_("As people know it. It stands on top of every page and letter."),
        max_length=120,
        error_messages={
            "required": _("Enter the name of the organisation"),
            "max_length": _("Shorten the name to 120 letters"),
        },
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    country = forms.ChoiceField(
        label=_("2. In which country does it work?"),
        help_text=_("It decides the currency, the time zone and the body outside that people are told about."),
        choices=_countries,
        error_messages={"required": _("Choose a country"), "invalid_choice": _("Choose a country")},
    )
    languages = forms.MultipleChoiceField(
        label=_("3. Which languages do you offer?"),
        help_text=_("The first one chosen is where visitors arrive when their browser asks for none of them."),
        choices=[(code, own_name(code)) for code, _name in settings.LANGUAGES],
        widget=CheckboxRows,
        error_messages={"required": _("Choose at least one language"), "invalid_choice": _("Choose a language shown")},
    )
    email = LineField(
        label=_("4. How can people reach you besides the page?"),
        help_text=_("E-mail address for complaints. Our mails come from it."),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    phone = LineField(
        label=_("Telephone for complaints"),
        required=False,
        max_length=40,
        widget=PhoneInput({"autocomplete": "off"}),
    )
    profile = forms.ChoiceField(
        label=_("5. How many people share the work?"),
        choices=[
            (Organisation.Profile.SMALL, _("One to three")),
            (Organisation.Profile.FULL, _("More than three")),
        ],
        widget=RadioRows(
            hints={
                Organisation.Profile.SMALL.value: _(
                    "One person may write and approve a response. You begin with every role that is needed."
                ),
                Organisation.Profile.FULL.value: _("Somebody else approves each response. You invite the others next."),
            }
        ),
        error_messages={"required": _("Choose how many share the work"), "invalid_choice": _("Choose one of the two")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"languages": [get_language() or "en"]})
        super().__init__(*args, **kwargs)


class YouForm(forms.Form):
    """The first administrator."""

    use_required_attribute = False

    name = LineField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Enter your name"), "max_length": _("Shorten the name to 120 letters")},
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = LineField(
        label=_("Your e-mail address"),
        help_text=_("You sign in with it."),
        max_length=254,
        error_messages={"required": _("Enter your e-mail address, like name@example.com")},
        widget=forms.EmailInput({"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters. A few words that nobody would guess together are good."),
        strip=False,
        error_messages={"required": _("Choose a password of at least 12 characters")},
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

"""An outside body as a form: its words once per language offered."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.framework.actions.change_outside_bodies import Written
from amends.framework.models import Organisation, OutsideBody
from amends.framework.outside_bodies import NamedBody
from amends.kit.translated import TranslatedText
from amends.ui.current import offered_languages, own_name
from amends.ui.definition_forms import LineField
from amends.ui.parts import StaleField
from amends.workspace.answering import NOT_OFFERED

#: Fields that exist once per language, with their names, lengths and lines.
PER_LANGUAGE = {
    "name": (gettext_lazy("Name (%(language)s)"), 200, 1),
    "about": (gettext_lazy("What it is (%(language)s)"), 500, 2),
    "takes": (gettext_lazy("What it takes (%(language)s)"), 500, 2),
}
#: What each fact of a body is called.
CALLED = {
    "name": gettext_lazy("Name"),
    "about": gettext_lazy("What it is"),
    "takes": gettext_lazy("What it takes"),
    "web_address": gettext_lazy("Web address"),
    "post_address": gettext_lazy("Address for letters"),
    "rule_code": gettext_lazy("What the rules call it"),
    "is_active": gettext_lazy("Can be chosen"),
}


class OutsideBodyForm(forms.Form):
    """Everything about a body. `seen` is the version that was on the screen."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    web_address = LineField(
        label=CALLED["web_address"],
        help_text=gettext_lazy("With https:// in front."),
        required=False,
        max_length=300,
        widget=forms.URLInput({"autocomplete": "off"}),
    )
    post_address = LineField(label=CALLED["post_address"], required=False, max_length=300)
    rule_code = forms.ChoiceField(label=CALLED["rule_code"], required=False, error_messages=NOT_OFFERED)
    is_active = forms.BooleanField(
        label=CALLED["is_active"],
        help_text=gettext_lazy("Complaints that went there keep it, also when it cannot be chosen any more."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        named: dict[str, NamedBody],
        body: OutsideBody | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.body = body
        self.languages = offered_languages(organisation)
        for field, (label, longest, lines) in PER_LANGUAGE.items():
            for code in self.languages:
                self.fields[f"{field}_{code}"] = LineField(
                    label=label % {"language": own_name(code)},
                    required=False,
                    max_length=longest,
                    widget=forms.TextInput if lines == 1 else forms.Textarea({"rows": lines}),
                )
        field_of_rules = self.fields["rule_code"]
        assert isinstance(field_of_rules, forms.ChoiceField)
        field_of_rules.choices = self._codes(named)
        if body is None:
            del self.fields["is_active"]

    def _codes(self, named: dict[str, NamedBody]) -> list[tuple[str, str]]:
        found = [(code, str(each.body.name)) for code, each in named.items()]
        if self.body is not None and self.body.rule_code and self.body.rule_code not in named:
            found.append((self.body.rule_code, self.body.rule_code))
        return [("", _("No rule pack names it")), *sorted(found, key=lambda pair: pair[1].casefold())]

    def in_languages(self, field: str) -> list[forms.BoundField]:
        """A field in each language."""
        return [self[f"{field}_{code}"] for code in self.languages]

    @property
    def names(self) -> list[forms.BoundField]:
        """Its name in each language."""
        return self.in_languages("name")

    @property
    def abouts(self) -> list[forms.BoundField]:
        """What it is, in each language."""
        return self.in_languages("about")

    @property
    def taking(self) -> list[forms.BoundField]:
        """What it takes, in each language."""
        return self.in_languages("takes")

    def written(self) -> Written:
        """What was typed, as the verb takes it. Texts in languages that are not offered now stay as they are."""
        given = self.cleaned_data
        return Written(
            name=self._translated("name"),
            about=self._translated("about"),
            takes=self._translated("takes"),
            web_address=given["web_address"],
            post_address=given["post_address"],
            rule_code=given["rule_code"],
            is_active=given.get("is_active", True),
        )

    def _translated(self, field: str) -> TranslatedText:
        before = dict(getattr(self.body, field)) if self.body else {}
        return TranslatedText({**before, **{code: self.cleaned_data[f"{field}_{code}"] for code in self.languages}})

    def add_error(self, field: str | None, error: Any) -> None:
        """The verbs speak of one name; here it is the one in the first language."""
        super().add_error(f"name_{self.languages[0]}" if field == "name" else field, error)

    def differences(self) -> list[StaleField]:
        """What stands in the form and differs from what is saved now: both versions."""
        assert self.body is not None
        saved = values_of(self.body, self.languages)
        found = []
        for name in self.fields:
            theirs, yours = self._in_words(name, saved[name]), self._in_words(name, self[name].value())
            if name != "seen" and theirs != yours:
                found.append(StaleField(self[name].label, theirs, yours))
        return found

    def _in_words(self, name: str, value: Any) -> str:
        if name == "is_active":
            return _("Yes") if value in {True, "on", "true", "True"} else _("No")
        if name == "rule_code":
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            choices: Any = field.choices
            return str(dict(choices).get(str(value or ""), ""))
        return str(value or "").strip()


def values_of(body: OutsideBody, languages: list[str]) -> dict[str, Any]:
    """What is saved, by the names of the fields."""
    values: dict[str, Any] = {
        "seen": body.version,
        "web_address": body.web_address,
        "post_address": body.post_address,
        "rule_code": body.rule_code,
        "is_active": body.is_active,
    }
    return values | {
        f"{field}_{code}": getattr(body, field).get(code, "") for field in PER_LANGUAGE for code in languages
    }


def values_named(named: NamedBody, languages: list[str]) -> dict[str, Any]:
    """What a rule pack says of a body, as a beginning."""
    body = named.body
    values: dict[str, Any] = {"seen": 0, "web_address": body.url or "", "rule_code": body.code}
    for code in languages:
        values[f"name_{code}"] = body.name.get(code, "")
        values[f"takes_{code}"] = body.admissibility.get(code, "")[:500]
    return values

"""How somebody likes their own screens."""

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.ui.current import own_name
from amends.ui.widgets import RadioRows

THEMES = [("", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))]


class Appearance(forms.Form):
    """Light or dark, for one device."""

    theme = forms.ChoiceField(label=_("Light or dark"), choices=THEMES, required=False, widget=RadioRows)


class Preferences(forms.Form):
    """Of a member of staff, on every device."""

    language = forms.ChoiceField(label=_("Language"), widget=RadioRows)
    theme = forms.ChoiceField(label=_("Light or dark"), choices=THEMES, required=False, widget=RadioRows)
    single_keys = forms.BooleanField(
        label=_("Single-key shortcuts"),
        help_text=_("J and K move in lists, ? shows them all. Switch them off if you use voice control."),
        required=False,
    )
    compact_rows = forms.BooleanField(
        label=_("Compact lists"), help_text=_("More complaints on one screen, one line each."), required=False
    )

    def __init__(self, *args: object, languages: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, own_name(code)) for code in languages]

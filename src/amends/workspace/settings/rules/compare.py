"""Two versions of a pack, or two packs, side by side."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.framework.models import RulePackVersion
from amends.framework.permissions import May
from amends.framework.which_packs import rules_of
from amends.ui.access import StaffVisit, needs
from amends.workspace.settings.rules.comparing import compared
from amends.workspace.settings.rules.crumbs import crumbs
from amends.workspace.settings.rules.finding import called, names_of_versions, pack_version

_CHOOSE = {"required": gettext_lazy("Choose a version"), "invalid_choice": gettext_lazy("Choose a version")}


class PairForm(forms.Form):
    """Which two."""

    use_required_attribute = False
    one = forms.ChoiceField(label=gettext_lazy("First"), error_messages=_CHOOSE)
    other = forms.ChoiceField(label=gettext_lazy("Second"), error_messages=_CHOOSE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(written(pack, number), label) for (pack, number), label in names_of_versions().items()]
        for name in ("one", "other"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Choose one")), *choices]

    def version(self, name: str) -> RulePackVersion:
        """The version that was chosen first or second."""
        pack, _dot, number = self.cleaned_data[name].rpartition(".")
        return pack_version(pack, int(number))


def written(pack: str, number: int) -> str:
    """A version as it stands in the address."""
    return f"{pack}.{number}"


@needs(May.SEE_RULES)
def compare(request: StaffVisit) -> HttpResponse:
    """The choice, and below it what differs; equal parts are folded."""
    form = PairForm(request.GET or None, initial={"one": request.GET.get("one", "")})
    context: dict[str, Any] = {"crumbs": crumbs(request, here=_("Compare")), "form": form}
    status = 200
    if "one" in request.GET and "other" in request.GET:
        if form.is_valid():
            context |= _result(form.version("one"), form.version("other"))
        else:
            status = 422
    elif form.is_bound:
        form = PairForm(initial=request.GET.dict())
        context["form"] = form
    return render(request, "workspace/settings/rules/compare.html", context, status=status)


def _result(one: RulePackVersion, other: RulePackVersion) -> dict[str, Any]:
    parts = compared(rules_of(one), rules_of(other))
    return {
        "one": one,
        "other": other,
        "one_called": called(one),
        "other_called": called(other),
        "different": [part for part in parts if not part.is_equal],
        "equal": [part for part in parts if part.is_equal],
    }

"""Settings of the survey: who is asked how they found the handling, when and how often; and how it was before."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.framework.models import Category
from amends.framework.permissions import May as MayFramework
from amends.kit.refusal import Refusal
from amends.permissions.engine import may
from amends.surveys.actions.change_rule import MOST_APART, MOST_OPEN, MOST_WAIT, change_rule
from amends.surveys.models import SurveyRule
from amends.surveys.permissions import May
from amends.surveys.sampling import Rule, rule_now, rule_of
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.parts import Crumb, StaleField
from amends.ui.widgets import CheckboxRows, RadioRows
from amends.workspace.answering import NOT_OFFERED
from amends.workspace.settings.rules.crumbs import first_crumbs

PAGE_SIZE = 10


class NumberField(forms.IntegerField):
    """A whole number between two others, with one sentence for all that is wrong with it."""

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> Any:
        try:
            number = super().clean(value)
        except forms.ValidationError:
            number = None
        if number is None or not self.least <= number <= self.most:
            words = {"least": self.least, "most": self.most}
            raise forms.ValidationError(_("Enter a number from %(least)s to %(most)s.") % words)
        return number


class SurveyForm(forms.Form):
    """The rule of sampling. `seen` is the version on the screen."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput)
    is_on = forms.BooleanField(label=gettext_lazy("Ask complainants how they found the handling"), required=False)
    moment = forms.ChoiceField(
        label=gettext_lazy("When does the waiting time begin?"),
        choices=SurveyRule.Moment.choices,
        widget=RadioRows,
        error_messages=NOT_OFFERED,
    )
    share = NumberField(
        label=gettext_lazy("Of a hundred complainants, ask"),
        help_text=gettext_lazy("100 asks everybody. Below that the reference decides, which nobody can choose."),
        least=1,
        most=100,
    )
    wait_days = NumberField(label=gettext_lazy("Days to wait before asking"), least=0, most=MOST_WAIT)
    open_days = NumberField(
        label=gettext_lazy("Days to answer"),
        help_text=gettext_lazy("After that it counts as not answered."),
        least=1,
        most=MOST_OPEN,
    )
    apart_days = NumberField(
        label=gettext_lazy("Days before the same person is asked again"),
        help_text=gettext_lazy("0 asks about every complaint."),
        least=0,
        most=MOST_APART,
    )
    never = forms.MultipleChoiceField(
        label=gettext_lazy("Never ask about these kinds of problem"),
        required=False,
        widget=CheckboxRows,
        error_messages=NOT_OFFERED,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["never"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(_names().items())

    def typed(self) -> Rule:
        """The rule that was typed, once the form is valid."""
        given = {name: self.cleaned_data[name] for name in self.cleaned_data if name not in {"seen", "never"}}
        return Rule(**given, never=tuple(sorted(self.cleaned_data["never"])))


def _names() -> dict[str, str]:
    """Every kind of problem in use by its code, a group before what stands below it."""
    rows = list(Category.objects.in_use().in_order().select_related("parent"))
    return {
        row.code: _("%(group)s: %(name)s") % {"group": row.parent, "name": row} if row.parent else str(row)
        for row in rows
    }


@needs(MayFramework.SEE_RULES)
def survey(request: StaffVisit) -> HttpResponse:
    """The rule as it is, and how it was; `?before=` goes further back."""
    before = request.GET.get("before", "")
    rows = SurveyRule.objects.select_related("made_by").order_by("-version")
    if before.isascii() and before.isdigit() and len(before) < 10:
        rows = rows.filter(version__lt=int(before))
    found = list(rows[: PAGE_SIZE + 1])
    more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    names = {row.code: str(row) for row in Category.objects.all()}
    context = {
        "crumbs": first_crumbs(request, _("Survey")),
        "lines": in_words(rule_now(), names),
        "versions": [(each, in_words(rule_of(each), names)) for each in found],
        "next": f"?before={found[-1].version}" if more else "",
        "may_change": may(request.actor, May.CHANGE_RULE),
        "may_see_results": may(request.actor, May.SEE_RESULTS),
    }
    return render(request, "workspace/settings/survey.html", context)


def in_words(rule: Rule, names: dict[str, str]) -> list[str]:
    """The rule, a line each."""
    if not rule.is_on:
        return [_("Nobody is asked.")]
    begins = {
        SurveyRule.Moment.CLOSED: ngettext(
            "%(count)s day after the complaint is closed",
            "%(count)s days after the complaint is closed",
            rule.wait_days,
        ),
        SurveyRule.Moment.DECIDED: ngettext(
            "%(count)s day after the decision", "%(count)s days after the decision", rule.wait_days
        ),
    }[SurveyRule.Moment(rule.moment)] % {"count": formatting.number(rule.wait_days)}
    share = _("Everybody is asked") if rule.share == 100 else _("%(share)s of 100 are asked, drawn by the reference")
    lines = [share % {"share": formatting.number(rule.share)} if rule.share < 100 else share, begins]
    to_answer = ngettext("%(count)s day to answer", "%(count)s days to answer", rule.open_days)
    lines.append(to_answer % {"count": formatting.number(rule.open_days)})
    if rule.apart_days:
        apart = ngettext(
            "The same person at most once in %(count)s day",
            "The same person at most once in %(count)s days",
            rule.apart_days,
        )
        lines.append(apart % {"count": formatting.number(rule.apart_days)})
    if rule.never:
        named = ", ".join(names.get(code, code) for code in rule.never)
        lines.append(_("Never about: %(kinds)s") % {"kinds": named})
    return lines


@needs(May.CHANGE_RULE)
def change(request: StaffVisit) -> HttpResponse:
    """The rule as a form."""
    now = rule_now()
    if request.method != "POST":
        return _page(request, SurveyForm(initial=_initial(now)))
    form = SurveyForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    typed = form.typed()
    try:
        change_rule(typed, seen=form.cleaned_data["seen"], by=request.actor, at=request.now)
    except Refusal as refusal:
        if refusal.code == "not_permitted":
            raise
        if refusal.code == "stale":
            return _both(request, rule_now(), typed)
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
        return _page(request, form, status=422)
    messages.success(request, _("The rule is saved. It holds for every complaint that ends from now on."))
    return redirect("workspace:survey_settings")


def _initial(rule: Rule) -> dict[str, Any]:
    return {
        "seen": rule.version,
        "is_on": rule.is_on,
        "moment": rule.moment,
        "share": rule.share,
        "wait_days": rule.wait_days,
        "open_days": rule.open_days,
        "apart_days": rule.apart_days,
        "never": list(rule.never),
    }


def _both(request: StaffVisit, now: Rule, typed: Rule) -> HttpResponse:
    """409: what somebody else saved meanwhile beside what was typed."""
    data = request.POST.copy()
    data["seen"] = str(now.version)
    names = _names()
    stale = [StaleField(_("Rule"), "\n".join(in_words(now, names)), "\n".join(in_words(typed, names)))]
    return _page(request, SurveyForm(data), status=409, stale=stale)


def _page(request: StaffVisit, form: SurveyForm, *, status: int = 200, **more: Any) -> HttpResponse:
    crumbs = first_crumbs(request, _("Change"))
    crumbs.insert(-1, Crumb(_("Survey"), reverse("workspace:survey_settings")))
    context = {"crumbs": crumbs, "form": form, **more}
    return render(request, "workspace/settings/survey_change.html", context, status=status)

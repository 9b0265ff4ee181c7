"""The questions of the initial assessment: safety first, then severity, impact, complexity and who handles it."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions.assess import Judgement
from amends.complaints.models import Assessment, Complaint, Issue
from amends.complaints.models.assessment import Complexity, Impact
from amends.complaints.models.complaint import Pattern, Severity
from amends.complaints.queries import visible_to
from amends.framework.matrix import Grid, matrix_now
from amends.kit.ids import read_reference
from amends.kit.translated import TranslatedText
from amends.ui.definition_forms import LineField
from amends.ui.widgets import Cell, CodeInput, RadioChips, RadioMatrix
from amends.workspace.complaint.assignment import RoutedForm
from amends.workspace.complaint.choices import NO, YES, category_choices, long_text, product_choices, yes_or_no

Words = str | Promise

_ROWS = list(reversed(Severity))
_CELL = _("Severity %(severity)s, impact %(impact)s: priority %(priority)s")


def _value(severity: int, impact: int) -> str:
    return f"{severity}-{impact}"


def _cells(grid: Grid) -> dict[str, Cell]:
    return {
        _value(severity, impact): Cell(f"P{grid.results[severity][impact]}", 5 - grid.results[severity][impact])
        for severity in _ROWS
        for impact in Impact
    }


def _sentences(grid: Grid) -> list[tuple[str, str]]:
    """Each cell as a whole sentence, for those who do not see the grid."""
    return [
        (
            _value(severity, impact),
            str(_CELL)
            % {"severity": severity.label, "impact": impact.label, "priority": grid.results[severity][impact]},
        )
        for severity in _ROWS
        for impact in Impact
    ]


class AssessmentForm(RoutedForm):
    """The latest assessment stands in it, if there is one."""

    is_safety = yes_or_no(
        _("Safety implication"), hint=_("Could anyone be harmed?"), missing=_("Say whether anyone could be harmed")
    )
    immediate_needed = yes_or_no(_("Is immediate action needed?"), missing=_("Say whether immediate action is needed"))
    immediate_possible = yes_or_no(
        _("Is immediate action possible?"), missing=_("Say whether immediate action is possible")
    )
    immediate_action = LineField(
        label=_("What was done at once"),
        help_text=_("Needed where immediate action is needed and possible: do it now, and write it here."),
        max_length=1000,
        required=False,
    )
    grid = forms.ChoiceField(
        label=_("Severity, and impact on the complainant"),
        help_text=_("Pick one cell. Arrow keys move."),
        error_messages={"required": _("Pick a cell: how severe it is, and how it touches the complainant")},
    )
    impact_others = forms.TypedChoiceField(label=_("Impact on others"), coerce=int, choices=Impact.choices)
    impact_organisation = forms.TypedChoiceField(
        label=_("Impact on the organisation"),
        help_text=_("The highest of the three counts."),
        coerce=int,
        choices=Impact.choices,
    )
    people_affected = forms.IntegerField(
        label=_("How many people may be affected?"),
        help_text=_("An estimate; leave it empty where nobody knows."),
        required=False,
        min_value=0,
        max_value=10_000_000,
        error_messages={
            "invalid": _("Enter a number of people, like 120"),
            "min_value": _("Enter a number of people, like 120"),
            "max_value": _("Enter a number of people, like 120"),
        },
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    complexity = forms.ChoiceField(
        label=_("Complexity"),
        choices=Complexity.choices,
        widget=RadioChips,
        error_messages={"required": _("Choose how complex it is")},
    )
    pattern = forms.ChoiceField(
        label=_("Part of a pattern?"), choices=Pattern.choices, widget=RadioChips, initial=Pattern.UNKNOWN
    )
    compensation_likely = forms.BooleanField(label=_("Compensation is likely"), required=False)
    is_about_process = forms.BooleanField(label=_("It is about how we handle complaints"), required=False)
    about_handling_of = LineField(
        label=_("Which complaint was handled that way?"),
        help_text=_("Its reference. Whoever had a part in that one does not get this one."),
        required=False,
        max_length=40,
        widget=CodeInput(),
    )
    title = LineField(
        label=_("Title"),
        help_text=_("What it is about in a few words. Without names: the title stands in lists."),
        max_length=160,
        error_messages={"required": _("Give the complaint a title")},
    )
    product = forms.ChoiceField(label=_("Product or service"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    segment = LineField(
        label=_("Group of customers"),
        help_text=_("For example households, farms or small businesses, in the same words each time."),
        max_length=40,
        required=False,
    )
    unit = forms.ChoiceField(label=_("Route to"))
    handler = forms.ChoiceField(
        label=_("Handler"),
        required=False,
        error_messages={"invalid_choice": _("Choose somebody who handles complaints of this unit")},
    )
    priority = forms.TypedChoiceField(
        label=_("Priority"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("As suggested")), *((str(n), f"P{n}") for n in range(1, 5))],
    )
    priority_reason = LineField(
        label=_("Why another priority"),
        help_text=_("Needed when you choose another one than suggested."),
        max_length=500,
        required=False,
    )
    note = long_text(_("Remarks"), longest=2000, rows=3, is_required=False)

    def prepare(self) -> None:
        self.matrix = matrix_now()
        grid = self.fields["grid"]
        grid.widget = RadioMatrix(
            rows=[severity.label for severity in _ROWS],
            columns=[impact.label for impact in Impact],
            cells=_cells(self.matrix),
            corner=_("Severity ↓ Impact →"),
        )
        self.choose("grid", _sentences(self.matrix))
        products, self.products = product_choices()
        categories, self.categories = category_choices()
        self.choose("product", products)
        self.choose("category", categories)
        nobody = _("Nobody yet") if self.case.complaint.handler_id is None else _("As it is now")
        self.offer_handlers(str(nobody))
        self._start()

    def _start(self) -> None:
        complaint = self.case.complaint
        first = Issue.objects.filter(complaint=complaint, number=1).select_related("category").first()
        self.initial.update(
            {
                "is_safety": YES if complaint.is_safety else "",
                "impact_others": Impact.ONE_MILD.value,
                "impact_organisation": Impact.ONE_MILD.value,
                "pattern": complaint.pattern,
                "is_about_process": complaint.is_about_process,
                "about_handling_of": complaint.about_handling_of.reference if complaint.about_handling_of else "",
                "title": complaint.title,
                "product": complaint.product.code if complaint.product else "",
                "segment": complaint.segment,
                "category": first.category.code if first and first.category else "",
            }
        )
        latest = Assessment.objects.filter(complaint=complaint).order_by("-version").first()
        if latest is not None:
            self.initial.update(_answers_of(latest))

    def clean_about_handling_of(self) -> Complaint | None:
        """The complaint of a reference, as far as this person may read it."""
        typed = self.cleaned_data["about_handling_of"]
        if not typed or not self.cleaned_data.get("is_about_process"):
            return None
        found = visible_to(self.case.actor).filter(reference=read_reference(typed) or "").first()
        if found is None:
            raise forms.ValidationError(_("There is no complaint with this reference that you may read."))
        return found

    @property
    def meanings(self) -> list[tuple[Words, list[tuple[Words, TranslatedText]]]]:
        """What the levels of the matrix mean, the gravest first."""
        return [
            (_("Severity"), [(each.label, self.matrix.severity[each]) for each in _ROWS]),
            (_("Impact"), [(each.label, self.matrix.impact[each]) for each in reversed(Impact)]),
        ]

    @property
    def severity(self) -> int | None:
        """The row that was picked so far."""
        return self._picked()[0]

    @property
    def impact(self) -> int:
        """The highest of the three impacts that were chosen so far."""
        others = [self.answered(name) for name in ("impact_others", "impact_organisation")]
        return max([self._picked()[1], *(int(typed) for typed in others if typed in _IMPACTS)])

    def _picked(self) -> tuple[int | None, int]:
        severity, _dash, impact = self.answered("grid").partition("-")
        if severity not in _SEVERITIES or impact not in _IMPACTS:
            return None, 1
        return int(severity), int(impact)

    @property
    def suggested(self) -> int | None:
        """The priority that follows from the answers so far; None while too little is known."""
        is_safety = self.answered("is_safety") == YES
        if self.severity is None:
            return 1 if is_safety else None
        return self.matrix.priority(self.severity, self.impact, is_safety=is_safety)

    @property
    def judgement(self) -> Judgement:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        severity, impact = given["grid"].split("-")
        return Judgement(
            severity=int(severity),
            is_safety=given["is_safety"] == YES,
            complexity=given["complexity"],
            impact_complainant=int(impact),
            impact_others=given["impact_others"],
            impact_organisation=given["impact_organisation"],
            immediate_needed=given["immediate_needed"] == YES,
            immediate_possible=given["immediate_possible"] == YES,
            immediate_action=given["immediate_action"],
            people_affected=given["people_affected"],
            compensation_likely=given["compensation_likely"],
            priority=given["priority"],
            priority_reason=given["priority_reason"],
            pattern=given["pattern"],
            note=given["note"],
            title=given["title"],
            product=self.products.get(given["product"]),
            category=self.categories.get(given["category"]),
            segment=given["segment"],
            is_about_process=given["is_about_process"],
            about_handling_of=given["about_handling_of"],
            unit=self.units[given["unit"]],
            handler=self.handlers.get(given["handler"]),
        )


_SEVERITIES = {str(severity.value) for severity in Severity}
_IMPACTS = {str(impact.value) for impact in Impact}


def _answers_of(latest: Assessment) -> dict[str, Any]:
    """What was judged last."""
    differs = latest.priority != latest.suggested_priority
    return {
        "is_safety": _said(latest.is_safety),
        "immediate_needed": _said(latest.immediate_needed),
        "immediate_possible": _said(latest.immediate_possible),
        "immediate_action": latest.immediate_action,
        "grid": _value(latest.severity, latest.impact_complainant),
        "impact_others": latest.impact_others,
        "impact_organisation": latest.impact_organisation,
        "people_affected": "" if latest.people_affected is None else latest.people_affected,
        "complexity": latest.complexity,
        "compensation_likely": latest.compensation_likely,
        "priority": str(latest.priority) if differs else "",
        "priority_reason": latest.priority_reason if differs else "",
        "note": latest.note,
    }


def _said(is_so: bool) -> str:
    return YES if is_so else NO

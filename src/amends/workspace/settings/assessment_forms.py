"""The matrix of the assessment with its definitions, and the criteria for significant complaints, as forms."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.models.assessment import Impact
from amends.complaints.models.complaint import Severity
from amends.framework.matrix import LEVELS, LONGEST_MEANING, Grid, cleaned
from amends.framework.models import Organisation
from amends.framework.significance import Criteria
from amends.kit.translated import TranslatedText
from amends.ui.current import offered_languages, own_name
from amends.ui.definition_forms import LineField
from amends.workspace.answering import NOT_OFFERED

Words = str | Promise

GRAVEST_FIRST = tuple(reversed(LEVELS))
_PRIORITIES = [(str(number), f"P{number}") for number in LEVELS]


class MatrixForm(forms.Form):
    """Sixteen results, and what each level means in each language offered. `seen` is the version on the screen."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = LineField(
        label=gettext_lazy("Why does the matrix change?"),
        max_length=500,
        error_messages={"required": gettext_lazy("Say why the matrix changes.")},
    )

    def __init__(self, *args: Any, organisation: Organisation, grid: Grid, **kwargs: Any) -> None:
        """`grid` is the matrix in force: texts in languages no longer offered stay as they are."""
        super().__init__(*args, **kwargs)
        self.grid, self.codes = grid, offered_languages(organisation)
        for row in GRAVEST_FIRST:
            for at in LEVELS:
                words: dict[str, Words] = {"severity": Severity(row).label, "impact": Impact(at).label}
                self.fields[f"cell{row}{at}"] = forms.TypedChoiceField(
                    label=_("Severity %(severity)s, impact %(impact)s") % words,
                    choices=_PRIORITIES,
                    coerce=int,
                    error_messages=NOT_OFFERED,
                )
        for name, labels in (("severity", Severity), ("impact", Impact)):
            for level in GRAVEST_FIRST:
                for code in self.codes:
                    named: dict[str, Words] = {"level": labels(level).label, "language": own_name(code)}
                    self.fields[f"{name}{level}_{code}"] = LineField(
                        label=_("%(level)s (%(language)s)") % named, required=False, max_length=LONGEST_MEANING
                    )

    @property
    def cells(self) -> list[tuple[Words, list[tuple[Words, BoundField]]]]:
        """The rows of the matrix, the gravest severity first."""
        return [
            (Severity(row).label, [(Impact(at).label, self[f"cell{row}{at}"]) for at in LEVELS])
            for row in GRAVEST_FIRST
        ]

    @property
    def columns(self) -> list[Words]:
        """The heads of the columns."""
        return [Impact(at).label for at in LEVELS]

    @property
    def severity_fields(self) -> list[BoundField]:
        """What the severities mean."""
        return [self[f"severity{level}_{code}"] for level in GRAVEST_FIRST for code in self.codes]

    @property
    def impact_fields(self) -> list[BoundField]:
        """What the impacts mean."""
        return [self[f"impact{level}_{code}"] for level in GRAVEST_FIRST for code in self.codes]

    def typed(self) -> Grid:
        """The matrix that was typed, once the form is valid."""
        given = self.cleaned_data
        return Grid(
            self.grid.version,
            {row: {at: given[f"cell{row}{at}"] for at in LEVELS} for row in LEVELS},
            {level: self._meaning("severity", level, self.grid.severity[level]) for level in LEVELS},
            {level: self._meaning("impact", level, self.grid.impact[level]) for level in LEVELS},
        )

    def _meaning(self, name: str, level: int, before: TranslatedText) -> TranslatedText:
        return cleaned({**before, **{code: self.cleaned_data[f"{name}{level}_{code}"] for code in self.codes}})

    def field_called(self, name: str) -> str | None:
        """The field that a refusal of the verb is about: a meaning stands in several languages."""
        return next((field for field in self.fields if field == name or field.startswith(f"{name}_")), None)


def initial_matrix(grid: Grid, codes: list[str]) -> dict[str, Any]:
    """What holds now, by the names of the fields."""
    found: dict[str, Any] = {"seen": grid.version}
    for row in LEVELS:
        for at in LEVELS:
            found[f"cell{row}{at}"] = str(grid.results[row][at])
        for code in codes:
            found[f"severity{row}_{code}"] = grid.severity[row].get(code, "")
            found[f"impact{row}_{code}"] = grid.impact[row].get(code, "")
    return found


class SignificanceForm(forms.Form):
    """When top management hears of a complaint at once. `seen` is the version on the screen."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput)
    severity_from = forms.TypedChoiceField(
        label=gettext_lazy("Severity"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages=NOT_OFFERED,
    )
    people_from = forms.IntegerField(
        label=gettext_lazy("People possibly affected, from"),
        help_text=gettext_lazy("Leave it empty not to use this."),
        required=False,
        min_value=1,
        max_value=10_000_000,
        error_messages={
            "invalid": gettext_lazy("Enter a number of people, at least 1."),
            "min_value": gettext_lazy("Enter a number of people, at least 1."),
            "max_value": gettext_lazy("Enter a smaller number of people."),
        },
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    for_safety = forms.BooleanField(label=gettext_lazy("Somebody could be harmed"), required=False)
    for_blocked_action = forms.BooleanField(
        label=gettext_lazy("Immediate action is needed, but not possible"),
        help_text=gettext_lazy("Then the unit manager is told too."),
        required=False,
    )
    said_by_staff = forms.BooleanField(
        label=gettext_lazy("A member of staff who reads the complaint says so"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["severity_from"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Not used")), *((str(each.value), severity_words(each)) for each in reversed(Severity))]

    def typed(self) -> Criteria:
        """The criteria that were typed, once the form is valid."""
        given = {name: self.cleaned_data[name] for name in self.cleaned_data if name != "seen"}
        return Criteria(**given)


def severity_words(severity: int) -> str:
    """A severity and everything that is worse."""
    label = str(Severity(severity).label)
    return label if severity == max(Severity) else _("%(severity)s or worse") % {"severity": label}


def initial_criteria(criteria: Criteria) -> dict[str, Any]:
    """What holds now, by the names of the fields."""
    return {
        "seen": criteria.version,
        "severity_from": "" if criteria.severity_from is None else str(criteria.severity_from),
        "people_from": "" if criteria.people_from is None else criteria.people_from,
        "for_safety": criteria.for_safety,
        "for_blocked_action": criteria.for_blocked_action,
        "said_by_staff": criteria.said_by_staff,
    }

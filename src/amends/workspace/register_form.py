"""How the register is narrowed, as a form that is sent by its address; and what of it is taken out."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.complaints.models import Voiding
from amends.complaints.models.complaint import Kind, Origin, Severity
from amends.complaints.register import Narrowing
from amends.complaints.relations import READERS
from amends.complaints.stages import Outcome, Stage
from amends.correspondence.models.message import Channel
from amends.framework.models import Organisation
from amends.people.models import Unit
from amends.people.standing import Staff
from amends.ui.widgets import CheckboxRows, RadioChips
from amends.workspace import tree
from amends.workspace.answering import NOT_OFFERED
from amends.workspace.register_columns import Column, offered_to
from amends.workspace.what_if_form import EARLIEST, LATEST

_DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=_DAY_FORMATS,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a day, like 31.12.2026")},
    )


def _one_of(label: Any, choices: list[tuple[Any, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, choices=[("", _("Any")), *choices], error_messages=NOT_OFFERED
    )


#: Who declined has said that it stands: that is told by the complaint itself.
STATES_SHOWN = [(state.value, state.label) for state in Voiding.State if state != Voiding.State.DECLINED]


class RegisterForm(forms.Form):
    """Filters of the register; each may stay empty."""

    use_required_attribute = False

    since = _day(_("Received from"))
    until = _day(_("Received until"))
    unit = _one_of(_("Unit"), [])
    kind = _one_of(_("Kind"), list(Kind.choices))
    stage = _one_of(_("Stage"), list(Stage.choices))
    outcome = _one_of(_("Outcome"), list(Outcome.choices))
    channel = _one_of(_("Channel"), list(Channel.choices))
    origin = _one_of(_("Origin"), list(Origin.choices))
    severity = _one_of(_("Severity"), list(reversed(Severity.choices)))
    late = _one_of(_("Late"), [("now", _("Late now")), ("ever", _("A deadline of ours was missed"))])
    void = _one_of(_("Void"), [("none", _("Not void")), *STATES_SHOWN])
    process = _one_of(_("About our handling of complaints"), [("yes", _("Yes")), ("no", _("No"))])

    def __init__(self, *args: Any, actor: Staff, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        scope = actor.scope(*READERS)
        units = [unit for unit in Unit.objects.all() if scope.covers(unit.pk)]
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All units")), *tree.choices(units)]

    def clean(self) -> dict[str, Any]:
        """Days that somebody can mean, in their order."""
        said = super().clean() or {}
        for name in ("since", "until"):
            if said.get(name) and not EARLIEST <= said[name] <= LATEST:
                self.add_error(name, _("Enter a day between 1900 and 2100."))
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", _("Choose a day that is not before the first one."))
        return said

    def narrowing(self) -> Narrowing:
        """What was asked for; everything where the form cannot be read."""
        if not self.is_valid():
            return Narrowing()
        said = self.cleaned_data
        return Narrowing(
            since=self._midnight(said["since"]),
            before=self._midnight(said["until"] + timedelta(days=1)) if said["until"] else None,
            unit=int(said["unit"]) if said["unit"] else None,
            stage=said["stage"],
            kind=said["kind"],
            outcome=said["outcome"],
            channel=said["channel"],
            origin=said["origin"],
            severity=int(said["severity"]) if said["severity"] else None,
            about_process={"yes": True, "no": False}.get(said["process"]),
            late=said["late"],
            void=said["void"],
        )

    def _midnight(self, day: date | None) -> datetime | None:
        return datetime.combine(day, time.min, self.organisation.zone).astimezone(UTC) if day else None


class ExportForm(forms.Form):
    """Which columns go into the file, and what kind of file."""

    use_required_attribute = False

    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        widget=CheckboxRows,
        error_messages={**NOT_OFFERED, "required": _("Choose at least one column.")},
    )
    file_format = forms.ChoiceField(
        label=_("File"),
        choices=[("xlsx", _("Excel (XLSX)")), ("csv", _("Text with commas (CSV)"))],
        widget=RadioChips,
        initial="xlsx",
        error_messages={**NOT_OFFERED, "required": _("Choose a kind of file.")},
    )

    def __init__(self, *args: Any, actor: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered_to(actor)
        field = self.fields["columns"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(column.code, column.title) for column in self.offered]
        self.initial.setdefault("columns", [column.code for column in self.offered if column.is_usual])

    def chosen(self) -> list[Column]:
        """In the order of the register, whatever the order of the answers."""
        codes = set(self.cleaned_data["columns"])
        return [column for column in self.offered if column.code in codes]

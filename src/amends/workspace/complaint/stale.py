"""Somebody else was faster: what is saved now, field by field, beside what was typed (409)."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.complaints.stages import Stage
from amends.ui.parts import StaleField
from amends.workspace.complaint.names import names_in
from amends.workspace.complaint.opening import Case
from amends.workspace.complaint.sentences import told
from amends.workspace.complaint.timeline import entries_about

Words = str | Promise


def stale_fields(case: Case, saved: forms.BaseForm, typed: forms.BaseForm) -> list[StaleField]:
    """Where the complaint stands now, and every answer that differs from what is saved."""
    rows = [StaleField(_("Where the complaint stands"), str(Stage(case.complaint.stage).label), "")]
    last = entries_about(case).order_by("-id").first()
    if last is not None:
        rows.append(StaleField(_("Last change"), told(last, names_in([last], case)).text, ""))
    for name, field in typed.fields.items():
        if isinstance(field.widget, forms.HiddenInput | forms.FileInput):
            continue
        theirs = words_for(field, saved.get_initial_for_field(saved.fields[name], name))
        yours = words_for(field, field.widget.value_from_datadict(typed.data, typed.files, typed.add_prefix(name)))
        if theirs != yours:
            rows.append(StaleField(field.label or name, theirs, yours))
    return rows


def who_changed(case: Case) -> Words:
    """Who made the last entry about the complaint."""
    last = entries_about(case).order_by("-id").first()
    return names_in([last], case).of(last.actor) if last else ""


def words_for(field: forms.Field, value: Any) -> str:
    """An answer as people read it: labels for choices, yes and no for boxes."""
    if isinstance(field, forms.BooleanField):
        return _("Yes") if value else _("No")
    if value is None or value == "":
        return ""
    if isinstance(field, forms.ChoiceField):
        return str(dict(_flat(field.choices)).get(str(value), value))
    return str(value)


def _flat(choices: Any) -> list[tuple[str, Words]]:
    found: list[tuple[str, Words]] = []
    for value, label in choices:
        found += _flat(label) if isinstance(label, list | tuple) else [(str(value), label)]
    return found

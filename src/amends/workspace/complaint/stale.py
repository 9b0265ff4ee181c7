"""Somebody else was faster: what is saved now, field by field, beside what was typed (409)."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.complaints.stages import Stage
from amends.ui.parts import StaleField
from amends.workspace.answering import both_versions
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
    return [*rows, *both_versions(saved, typed)]


def who_changed(case: Case) -> Words:
    """Who made the last entry about the complaint."""
    last = entries_about(case).order_by("-id").first()
    return names_in([last], case).of(last.actor) if last else ""

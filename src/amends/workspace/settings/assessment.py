"""How complaints are judged: the matrix with its definitions, and what top management hears of at once (7.5, 5.4.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.complaints.models.assessment import Impact
from amends.complaints.models.complaint import Severity
from amends.complaints.priorities import Moved, moved_by
from amends.complaints.queries import visible_to
from amends.framework.actions.change_matrix import change_matrix
from amends.framework.actions.change_significance import change_significance
from amends.framework.matrix import LEVELS, Grid, check_matrix, matrix_now, read_matrix
from amends.framework.models import Matrix, Significance
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.framework.significance import Criteria, criteria_of, significance_now
from amends.kit.refusal import Refusal
from amends.kit.translated import TranslatedText
from amends.permissions.engine import may
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.parts import Crumb, StaleField
from amends.workspace.answering import status_of
from amends.workspace.settings.assessment_forms import (
    GRAVEST_FIRST,
    MatrixForm,
    SignificanceForm,
    initial_criteria,
    initial_matrix,
    severity_words,
)
from amends.workspace.settings.rules.crumbs import first_crumbs

Words = str | Promise

PAGE_SIZE = 10
MOST_NAMED = 20


@dataclass(frozen=True)
class Row:
    """A severity: what it means, and the priority for each impact."""

    name: Words
    meaning: TranslatedText
    cells: Sequence[tuple[Words, int]]


@needs(May.SEE_RULES)
def assessment(request: StaffVisit) -> HttpResponse:
    """The matrix and the criteria as they are, and how they were; `?before=` goes further back in the matrix."""
    grid = matrix_now()
    before = request.GET.get("before", "")
    rows = Matrix.objects.select_related("made_by").order_by("-version")
    if before.isascii() and before.isdigit() and len(before) < 10:
        rows = rows.filter(version__lt=int(before))
    found = list(rows[: PAGE_SIZE + 1])
    more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    criteria = Significance.objects.select_related("made_by").order_by("-version")[:PAGE_SIZE]
    context = {
        "crumbs": first_crumbs(request, _("Assessment")),
        "rows": rows_of(grid),
        "columns": [(Impact(at).label, grid.impact[at]) for at in LEVELS],
        "criteria": in_words(significance_now()),
        "versions": [(each, _changes_to(each)) for each in found],
        "next": f"?before={found[-1].version}" if more else "",
        "criteria_versions": [(each, in_words(criteria_of(each))) for each in criteria],
        "may_change": may(request.actor, May.CHANGE_ASSESSMENT),
    }
    return render(request, "workspace/settings/assessment.html", context)


def rows_of(grid: Grid) -> list[Row]:
    """The matrix row by row, the gravest severity first."""
    return [
        Row(Severity(row).label, grid.severity[row], [(Impact(at).label, grid.results[row][at]) for at in LEVELS])
        for row in GRAVEST_FIRST
    ]


def _changes_to(matrix: Matrix) -> str:
    """The sixteen results on one line, for the history."""
    grid = read_matrix(matrix.version, matrix.document)
    return _as_text(grid).replace("\n", " · ")


def _as_text(grid: Grid) -> str:
    lines = ((Severity(row).label, " ".join(f"P{grid.results[row][at]}" for at in LEVELS)) for row in GRAVEST_FIRST)
    return "\n".join(_("%(name)s: %(value)s") % {"name": name, "value": value} for name, value in lines)


def in_words(criteria: Criteria) -> list[str]:
    """The criteria in use, a line each."""
    found = []
    if criteria.severity_from is not None:
        found.append(_("Severity: %(severity)s") % {"severity": severity_words(criteria.severity_from)})
    if criteria.for_safety:
        found.append(_("Somebody could be harmed"))
    if criteria.for_blocked_action:
        found.append(_("Immediate action is needed, but not possible; then the unit manager is told too"))
    if criteria.people_from is not None:
        count = criteria.people_from
        words = ngettext("%(count)s person or more may be affected", "%(count)s people or more may be affected", count)
        found.append(words % {"count": formatting.number(count)})
    if criteria.said_by_staff:
        found.append(_("A member of staff who reads the complaint says so"))
    return found


# ---------------------------------------------------------------- the matrix


@needs(May.CHANGE_ASSESSMENT)
def change(request: StaffVisit) -> HttpResponse:
    """The matrix as a form; `look` shows what would have another priority, and saves nothing."""
    grid, organisation = matrix_now(), the_organisation()
    if request.method != "POST":
        form = MatrixForm(organisation=organisation, grid=grid)
        form.initial = initial_matrix(grid, form.codes)
        return _matrix_page(request, form)
    form = MatrixForm(request.POST, organisation=organisation, grid=grid)
    typed = _checked(form, request.POST)
    if typed is None or "look" in request.POST:
        return _matrix_page(request, form, typed, status=status_of(form))
    try:
        given = form.cleaned_data
        change_matrix(typed, reason=given["reason"], seen=given["seen"], by=request.actor, at=request.now)
    except Refusal as refusal:
        if refusal.code == "not_permitted":
            raise
        if refusal.code == "stale":
            return _both_matrices(request, grid, typed)
        form.add_error(form.field_called(refusal.field), str(refusal.sentence))
        return _matrix_page(request, form, typed, status=422)
    messages.success(request, _("The matrix is saved. It holds for every assessment from now on."))
    return redirect("workspace:assessment_settings")


def _checked(form: MatrixForm, sent: Any) -> Grid | None:
    """The matrix that was typed; None, with the reason in the form, where it makes no sense."""
    if "look" in sent:
        form.fields["reason"].required = False
    if not form.is_valid():
        return None
    typed = form.typed()
    try:
        check_matrix(typed)
    except Refusal as refusal:
        form.add_error(form.field_called(refusal.field), str(refusal.sentence))
        return None
    return typed


def _both_matrices(request: StaffVisit, now: Grid, typed: Grid) -> HttpResponse:
    """409: what somebody else saved meanwhile beside what was typed."""
    data = request.POST.copy()
    data["seen"] = str(now.version)
    form = MatrixForm(data, organisation=the_organisation(), grid=now)
    form.is_valid()
    stale = [StaleField(_("Priorities"), _as_text(now), _as_text(typed))] if now.results != typed.results else []
    for name, theirs, yours in (
        (_("Severity"), now.severity, typed.severity),
        (_("Impact"), now.impact, typed.impact),
    ):
        if theirs != yours:
            stale.append(StaleField(name, _texts(theirs), _texts(yours)))
    return _matrix_page(request, form, typed, status=409, stale=stale)


def _texts(meanings: Any) -> str:
    return "\n".join(text for level in GRAVEST_FIRST for text in meanings[level].as_dict().values())


def _matrix_page(
    request: StaffVisit, form: MatrixForm, typed: Grid | None = None, *, status: int = 200, **more: Any
) -> HttpResponse:
    moved: list[Moved] = moved_by(typed, visible_to(request.actor).real()) if typed is not None else []
    words = ngettext(
        "%(count)s open complaint would be given another priority.",
        "%(count)s open complaints would be given another priority.",
        len(moved),
    )
    context = {
        "crumbs": _crumbs(request, _("Change the matrix")),
        "form": form,
        "is_previewed": typed is not None,
        "moved": moved[:MOST_NAMED],
        "moved_words": words % {"count": formatting.number(len(moved))},
        "left_out": formatting.number(len(moved) - MOST_NAMED) if len(moved) > MOST_NAMED else "",
        **more,
    }
    return render(request, "workspace/settings/matrix.html", context, status=status)


def _crumbs(request: StaffVisit, here: str) -> list[Crumb]:
    crumbs = first_crumbs(request, here)
    crumbs.insert(-1, Crumb(_("Assessment"), reverse("workspace:assessment_settings")))
    return crumbs


# ---------------------------------------------------------------- what is significant


@needs(May.CHANGE_ASSESSMENT)
def significance(request: StaffVisit) -> HttpResponse:
    """The criteria as a form."""
    now = significance_now()
    if request.method != "POST":
        return _significance_page(request, SignificanceForm(initial=initial_criteria(now)))
    form = SignificanceForm(request.POST)
    if not form.is_valid():
        return _significance_page(request, form, status=422)
    typed = form.typed()
    try:
        change_significance(typed, seen=form.cleaned_data["seen"], by=request.actor, at=request.now)
    except Refusal as refusal:
        if refusal.code == "not_permitted":
            raise
        if refusal.code == "stale":
            return _both_criteria(request, now, typed)
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
        return _significance_page(request, form, status=422)
    messages.success(request, _("The criteria are saved. They hold for every assessment from now on."))
    return redirect("workspace:assessment_settings")


def _both_criteria(request: StaffVisit, now: Criteria, typed: Criteria) -> HttpResponse:
    data = request.POST.copy()
    data["seen"] = str(now.version)
    stale = [StaleField(_("Criteria"), "\n".join(in_words(now)), "\n".join(in_words(typed)))]
    return _significance_page(request, SignificanceForm(data), status=409, stale=stale)


def _significance_page(request: StaffVisit, form: SignificanceForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"crumbs": _crumbs(request, _("Change the criteria")), "form": form, **more}
    return render(request, "workspace/settings/significance.html", context, status=status)

"""Linking complaints that belong together, and taking links away."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.actions import link, unlink
from amends.complaints.models import Complaint, Link
from amends.complaints.permissions import May
from amends.complaints.queries import Verb, visible_to
from amends.kit.ids import read_reference
from amends.kit.refusal import Refusal
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm
from amends.workspace.complaint.ties import linked_of

LINKING = Screen(
    verb=Verb.LINK,
    title=gettext_lazy("Link with another complaint"),
    button=gettext_lazy("Link"),
    said=gettext_lazy("The two complaints are linked."),
    intro=gettext_lazy("Each is still handled by itself. Both pages show the other one to those who may see it."),
    template="workspace/complaint/related.html",
)
PARTING = Screen(
    verb=Verb.UNLINK,
    title=gettext_lazy("Take the link away"),
    button=gettext_lazy("Take the link away"),
    said=gettext_lazy("The two complaints are not linked any more."),
)


def _seen_by(case: Case, reference: str) -> Complaint:
    """The other complaint. Refusal: `other_unknown`."""
    found = visible_to(case.actor).filter(reference=read_reference(reference) or "").first()
    if found is None:
        raise Refusal("other_unknown", _("No complaint that you can see has this reference. Check it."), field="other")
    return found


class LinkForm(StepForm):
    """With which one, and how they belong together."""

    other = LineField(
        label=gettext_lazy("Reference of the other complaint"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "reference"}),
        error_messages={"required": gettext_lazy("Enter the reference of the other complaint")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("How do they belong together?"),
        choices=Link.Kind.choices,
        widget=RadioRows,
        error_messages={"required": gettext_lazy("Choose how they belong together")},
    )
    wants_joint_answer = forms.BooleanField(
        label=gettext_lazy("One answer to all of them is wanted"),
        help_text=gettext_lazy("A hint on both pages. Each complaint still gets its own decision."),
        required=False,
    )
    note = LineField(label=gettext_lazy("Note"), max_length=500, required=False)


@needs(May.LINK)
def related(request: StaffVisit, reference: str) -> HttpResponse:
    """What it is linked with, and one more."""
    return LINKING.answer(request, opened(request, reference), LinkForm, _link, _look)


def _link(case: Case, form: LinkForm) -> None:
    given = form.cleaned_data
    link(
        case.complaint,
        _seen_by(case, given["other"]),
        kind=Link.Kind(given["kind"]),
        wants_joint_answer=given["wants_joint_answer"],
        note=given["note"],
        by=case.actor,
        at=case.now,
    )


def _look(case: Case, form: LinkForm) -> dict[str, object]:
    return {"linked": linked_of(case), "end_href": case.at("unlinking")}


class UnlinkForm(StepForm):
    """Which one."""

    other = LineField(
        label=gettext_lazy("Reference of the other complaint"),
        max_length=40,
        error_messages={"required": gettext_lazy("Enter the reference of the other complaint")},
    )

    def prepare(self) -> None:
        self.initial["other"] = self.request.GET.get("other", "")[:40]


@needs(May.LINK)
def unlinking(request: StaffVisit, reference: str) -> HttpResponse:
    """Take a link away."""
    return PARTING.answer(request, opened(request, reference), UnlinkForm, _unlink)


def _unlink(case: Case, form: UnlinkForm) -> None:
    unlink(case.complaint, _seen_by(case, form.cleaned_data["other"]), by=case.actor, at=case.now)

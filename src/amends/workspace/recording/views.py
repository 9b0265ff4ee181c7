"""One page to write a complaint down, the page with its reference and code, and that the person was told."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.complaints.actions import acknowledge
from amends.complaints.actions.receive import Receipt
from amends.complaints.form_definition import FormDefinition
from amends.complaints.form_now import form_now
from amends.complaints.models import Acknowledgement, Party
from amends.complaints.permissions import May
from amends.complaints.queries import visible_to
from amends.correspondence.models.message import Channel
from amends.framework.models import Organisation
from amends.framework.queries import the_organisation
from amends.kit.ids import read_reference
from amends.permissions.engine import may
from amends.surveys.permissions import May as MaySurveys
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import DefinitionForm, form_for
from amends.workspace.addresses import address_of
from amends.workspace.answering import Together, shown_in, status_of
from amends.workspace.recording.forms import TOLD_BY, AtOnce, HowItCame, MadeUp, Told, new_token
from amends.workspace.recording.saving import intake_of, save


@needs(May.RECORD)
def new(request: StaffVisit) -> HttpResponse:
    """The form; saved, the answer shows the access code once. Sending it again shows the same complaint."""
    organisation, definition = the_organisation(), form_now()
    came, steps, at_once = _forms(request, organisation, definition)
    made_up = None
    if may(request.actor, MaySurveys.SIMULATE):
        made_up = MadeUp(request.POST if request.method == "POST" else None)
    every = [came, *steps, at_once, *([made_up] if made_up else [])]
    if request.method == "POST" and all(form.is_valid() for form in every):
        with shown_in(*every):
            intake = intake_of(came, steps, at_once, organisation=organisation, at=request.now)
            handler = came.cleaned_data.get("handler")
            token, by = came.cleaned_data["once"], request.actor
            return _saved(request, save(intake, handler, token=token, by=by, at=request.now, made_up=made_up))
    context = {
        "came": came,
        "steps": list(zip(definition.steps, steps, strict=True)),
        "at_once": at_once,
        "made_up": made_up,
        "every": Together(every),
        "choose_files_again": bool(request.FILES),
        "emergency_phone": organisation.emergency_phone,
    }
    return render(request, "workspace/recording/new.html", context, status=status_of(*every))


def _forms(
    request: StaffVisit, organisation: Organisation, definition: FormDefinition
) -> tuple[HowItCame, list[DefinitionForm], AtOnce]:
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    today = request.now.astimezone(organisation.zone).date()
    initial = {"once": new_token(), "channel": Channel.PHONE.value, "language": organisation.main_language}
    came = HowItCame(data, initial=initial, organisation=organisation, actor=request.actor, at=request.now)
    steps = [
        form_for(step, for_staff=True)(data, files, today=today, currency=organisation.currency)
        for step in definition.steps
    ]
    return came, steps, AtOnce(data)


def _saved(request: StaffVisit, receipt: Receipt) -> HttpResponse:
    """Reference and code, to be read out or printed; they stand in no address and are not kept."""
    complaint = receipt.complaint
    how = TOLD_BY.get(Channel(complaint.channel), Acknowledgement.How.PHONE)
    context = {
        "complaint": complaint,
        "code": receipt.access_code,
        "address": address_of(complaint),
        "told": Told(initial={"reference": complaint.reference, "how": how.value}),
        "may_tell": may(request.actor, May.ACKNOWLEDGE, complaint),
        # Whoever wants letters gets one by itself.
        "is_by_letter": complaint.parties.filter(contact_by=Party.ContactBy.POST).exists(),
        "is_again": not receipt.is_new,
    }
    return render(request, "workspace/recording/saved.html", context)


@require_POST
@needs(May.RECORD)
def told(request: StaffVisit) -> HttpResponse:
    """Confirming receipt in person: it meets the deadline for it."""
    form = Told(request.POST)
    complaint = (
        visible_to(request.actor).filter(reference=read_reference(request.POST.get("reference", "")) or "").first()
    )
    if complaint is None:
        raise Http404
    if not form.is_valid():
        messages.error(request, _("Nothing was noted. Say on the page of the complaint how you told them."))
        return HttpResponseRedirect(address_of(complaint))
    acknowledge(complaint, how=Acknowledgement.How(form.cleaned_data["how"]), by=request.actor, at=request.now)
    messages.success(request, _("It is noted that you confirmed the receipt."))
    return redirect(address_of(complaint))

"""Anybody who works here passes on what a customer said, or what is significant (ISO 10002, 5.4.5): no role needed."""

import secrets
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import receive
from amends.complaints.intake import LONGEST_TEXT, Contact, Intake
from amends.complaints.models import Party
from amends.complaints.models.complaint import InternalReport
from amends.complaints.permissions import May
from amends.correspondence.models.message import Channel
from amends.framework.queries import the_organisation
from amends.people.models import Unit
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import TextField
from amends.ui.widgets import PhoneInput, RadioRows
from amends.workspace import tree
from amends.workspace.answering import NOT_OFFERED, shown_in, status_of


class ReportForm(forms.Form):
    """Few questions: whoever has to fill in much passes nothing on."""

    use_required_attribute = False

    once = forms.RegexField(r"[A-Za-z0-9_-]{22,64}", widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=InternalReport.choices,
        widget=RadioRows,
        error_messages={**NOT_OFFERED, "required": _("Choose what it is")},
    )
    text = TextField(
        label=_("What happened?"),
        help_text=_("In the words of the customer where you can. Whoever takes it up asks for the rest."),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Write down what happened")},
    )
    danger = forms.BooleanField(label=_("Somebody is in danger or without an essential service"), required=False)
    unit = forms.ChoiceField(label=_("Which unit is it about?"), required=False, error_messages=NOT_OFFERED)
    name = forms.CharField(label=_("Name of the customer"), required=False, max_length=160)
    email = forms.EmailField(label=_("E-mail address of the customer"), required=False, max_length=254)
    phone = forms.CharField(
        label=_("Telephone number of the customer"), required=False, max_length=40, widget=PhoneInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in Unit.objects.open()}
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("I do not know")), *tree.choices(list(self.units.values()))]

    def intake(self, language: str) -> Intake:
        """As `receive` takes it."""
        said = self.cleaned_data
        by = Party.ContactBy
        contact_by = by.EMAIL if said["email"] else by.PHONE if said["phone"] else by.PORTAL
        return Intake(
            text=said["text"],
            language=language,
            channel=Channel.THIRD_PARTY,
            unit=self.units.get(said["unit"]),
            said_danger=said["danger"],
            complainant=Contact(name=said["name"], email=said["email"], phone=said["phone"], contact_by=contact_by),
            internal_report=said["kind"],
        )


@needs(May.REPORT)
def report(request: StaffVisit) -> HttpResponse:
    """The form; sent, the answer says that it arrived and under which reference, and nothing more ever after."""
    data = request.POST if request.method == "POST" else None
    form = ReportForm(data, initial={"once": secrets.token_urlsafe(24)})
    if form.is_bound and form.is_valid():
        with shown_in(form):
            intake = form.intake(the_organisation().main_language)
            receipt = receive(intake, token=form.cleaned_data["once"], by=request.actor, at=request.now)
            return render(request, "workspace/reported.html", {"complaint": receipt.complaint})
    return render(request, "workspace/report.html", {"form": form}, status=status_of(form))

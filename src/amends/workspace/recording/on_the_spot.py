"""A small complaint put right while the person is still there: one page, six answers."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions.settle_at_once import resolve_on_the_spot
from amends.complaints.intake import Contact, Intake
from amends.complaints.permissions import May
from amends.correspondence.models.message import Channel
from amends.framework.models import Organisation
from amends.framework.queries import the_organisation
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField, TextField
from amends.ui.widgets import RadioChips
from amends.workspace.addresses import address_of
from amends.workspace.answering import shown_in, status_of
from amends.workspace.complaint.choices import category_choices, product_choices
from amends.workspace.recording.forms import new_token

_ONCE = dict.fromkeys(("required", "invalid"), _("Open this page again: the form was incomplete."))
_THERE = (Channel.IN_PERSON, Channel.PHONE, Channel.OTHER)


class OnTheSpotForm(forms.Form):
    """What happened, what was done, and who it was."""

    use_required_attribute = False

    once = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput, error_messages=_ONCE)
    text = TextField(
        label=_("What happened?"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 3, "autofocus": True}),
        error_messages={"required": _("Write what happened")},
    )
    done = TextField(
        label=_("What did you do about it?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Write what you did about it")},
    )
    product = forms.ChoiceField(label=_("Product or service"), required=False)
    category = forms.ChoiceField(label=_("What went wrong?"), required=False)
    name = LineField(
        label=_("Name"), help_text=_("Leave it empty if they do not want to say."), max_length=160, required=False
    )
    channel = forms.ChoiceField(
        label=_("How did you speak?"),
        choices=[(channel.value, channel.label) for channel in _THERE],
        widget=RadioChips,
        error_messages={"required": _("Choose how you spoke"), "invalid_choice": _("Choose how you spoke")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        products, self.products = product_choices()
        categories, self.categories = category_choices()
        for name, choices in (("product", products), ("category", categories)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def intake(self, organisation: Organisation) -> Intake:
        """What `receive` takes."""
        given = self.cleaned_data
        return Intake(
            text=given["text"],
            language=organisation.main_language,
            channel=given["channel"],
            product=self.products.get(given["product"]),
            category=self.categories.get(given["category"]),
            complainant=Contact(name=given["name"]),
            is_anonymous=not given["name"],
            immediate_action=given["done"],
            read_back="not_possible",
        )


@needs(May.SETTLE_AT_ONCE)
def on_the_spot(request: StaffVisit) -> HttpResponse:
    """The form; saved, the answer shows the reference and the access code once."""
    organisation = the_organisation()
    initial = {"once": new_token(), "channel": Channel.IN_PERSON.value}
    form = OnTheSpotForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            receipt = resolve_on_the_spot(
                form.intake(organisation),
                done=form.cleaned_data["done"],
                token=form.cleaned_data["once"],
                by=request.actor,
                at=request.now,
            )
            context = {
                "complaint": receipt.complaint,
                "code": receipt.access_code,
                "address": address_of(receipt.complaint),
                "is_again": not receipt.is_new,
            }
            return render(request, "workspace/recording/on_the_spot_saved.html", context)
    return render(request, "workspace/recording/on_the_spot.html", {"form": form}, status=status_of(form))

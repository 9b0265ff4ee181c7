"""What only the person who records is asked: how and when it came in, and what was done about it at once."""

import secrets
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.complaints.fitness import HANDLING_ROLES
from amends.complaints.models import Acknowledgement
from amends.complaints.models.complaint import Precision
from amends.complaints.permissions import May
from amends.correspondence.models.message import Channel
from amends.framework.models import Organisation
from amends.kit.refusal import Refusal
from amends.people.models import Person, RoleGrant
from amends.people.standing import Staff
from amends.permissions.engine import may
from amends.ui.current import offered_languages, own_name
from amends.ui.definition_forms import LineField, TextField
from amends.ui.widgets import RadioChips, RadioRows
from amends.workspace.complaint.choices import READ_BACK

CHANNELS = (
    Channel.PHONE,
    Channel.IN_PERSON,
    Channel.POST,
    Channel.EMAIL,
    Channel.SOCIAL,
    Channel.THIRD_PARTY,
    Channel.OTHER,
)
#: How somebody was told of the receipt, by the way in which the complaint came.
TOLD_BY = {
    Channel.PHONE: Acknowledgement.How.PHONE,
    Channel.IN_PERSON: Acknowledgement.How.IN_PERSON,
    Channel.POST: Acknowledgement.How.POST,
    Channel.EMAIL: Acknowledgement.How.EMAIL,
}


def new_token() -> str:
    """The secret of one recording: sent twice, it is still one complaint."""
    return secrets.token_hex(16)


class HowItCame(forms.Form):
    """The way, the language and the moment of receipt, and who takes it on."""

    use_required_attribute = False

    once = forms.RegexField(
        r"^[0-9a-f]{32}$",
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), _("Open this page again: the form was incomplete.")),
    )
    channel = forms.ChoiceField(
        label=_("How did it come in?"),
        choices=[(channel.value, channel.label) for channel in CHANNELS],
        widget=RadioChips,
        error_messages={"required": _("Choose how it came in"), "invalid_choice": _("Choose how it came in")},
    )
    language = forms.ChoiceField(
        label=_("Language of the complaint"),
        error_messages={"required": _("Choose a language"), "invalid_choice": _("Choose a language")},
    )
    received_on = forms.DateField(
        label=_("Day it was received"),
        help_text=_("Leave day and time empty if it is just now."),
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a day, like 31.12.2026")},
    )
    received_time = forms.TimeField(
        label=_("Time"),
        help_text=_("Leave it empty for a letter: the day is enough."),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Enter a time, like 14:30")},
    )
    handler = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who takes it on?"),
        required=False,
        empty_label=_("Nobody yet: the unit gives it to somebody"),
        error_messages={"invalid_choice": _("Choose somebody from the list, or nobody")},
    )

    def __init__(self, *args: Any, organisation: Organisation, actor: Staff, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone: ZoneInfo = organisation.zone
        language, handler = self.fields["language"], self.fields["handler"]
        assert isinstance(language, forms.ChoiceField)
        assert isinstance(handler, forms.ModelChoiceField)
        language.choices = [(code, own_name(code)) for code in offered_languages(organisation)]
        if may(actor, May.ASSIGN):
            roles = [role.value for role in HANDLING_ROLES]
            grants = RoleGrant.objects.in_force(at).filter(role__in=roles)
            people = Person.objects.filter(is_active=True, pk__in=grants.values("person_id"))
            handler.queryset = people.order_by("name", "id")
        else:
            del self.fields["handler"]

    def received(self) -> tuple[datetime | None, str]:
        """The moment of receipt and how exactly it is known; None is now. Refuses a time without its day."""
        day, clock = self.cleaned_data["received_on"], self.cleaned_data["received_time"]
        if day is None and clock is not None:
            raise Refusal("day_needed", _("Enter the day as well, or leave both empty."), field="received_on")
        if day is None:
            return None, Precision.MINUTE
        moment = datetime.combine(day, clock or time.min, self.zone).astimezone(UTC)
        return moment, Precision.DAY if clock is None else Precision.MINUTE


class AtOnce(forms.Form):
    """What was done while the person was still there."""

    use_required_attribute = False

    immediate_action = TextField(
        label=_("What was done at once?"),
        help_text=_("Only staff see this."),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )
    read_back = forms.ChoiceField(
        label=_("Did you read back what you wrote down?"),
        choices=READ_BACK,
        widget=RadioRows,
        error_messages={
            "required": _("Choose whether you read it back"),
            "invalid_choice": _("Choose whether you read it back"),
        },
    )


class MadeUp(forms.Form):
    """That the complaint only tries how complaints are handled; asked of those who may say so."""

    use_required_attribute = False

    is_simulated = forms.BooleanField(
        label=_("This complaint is simulated"),
        help_text=_("It counts in no statistics, and nobody is asked about it. Whoever handles it is not told."),
        required=False,
    )
    scenario = TextField(
        label=_("What is tried?"),
        help_text=_("Who the person pretends to be, what they ask for, what to look at."),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )
    reason = LineField(label=_("Why is it done?"), required=False, max_length=500)


class Told(forms.Form):
    """That the complainant knows that it arrived."""

    reference = forms.CharField(widget=forms.HiddenInput)
    how = forms.ChoiceField(
        label=_("How did you tell them?"),
        choices=[(how.value, how.label) for how in dict.fromkeys(TOLD_BY.values())],
        widget=RadioChips,
        error_messages={"required": _("Choose how you told them")},
    )

"""The small forms of the public pages. The complaint itself comes from its definition (ui/definition_forms.py)."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions.reject import LONGEST_REASON
from amends.complaints.actions.report_detriment import LONGEST as LONGEST_DETRIMENT
from amends.complaints.intake import LONGEST_TEXT
from amends.complaints.models import Party
from amends.correspondence.writing import LONGEST_MESSAGE
from amends.ui.definition_forms import TextField
from amends.ui.widgets import CodeInput, ManyFilesField, RadioRows

_LONGEST_CODE = 200
_TOO_LONG = _("This is too long for a code. Type only the code itself")


class TrackForm(forms.Form):
    """Reference and access code. `example` shows what a reference looks like here."""

    reference = forms.CharField(
        label=_("Reference"),
        max_length=_LONGEST_CODE,
        widget=CodeInput,
        error_messages={"required": _("Enter your reference"), "max_length": _TOO_LONG},
    )
    code = forms.CharField(
        label=_("Access code"),
        help_text=_("18 letters and numbers. Only you have it. If a mail brought you a code, type that one."),
        max_length=_LONGEST_CODE,
        widget=CodeInput,
        error_messages={"required": _("Enter your access code"), "max_length": _TOO_LONG},
    )

    use_required_attribute = False

    def __init__(self, *args: Any, example: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].help_text = gettext("For example %(reference)s") % {"reference": example}


class SummaryForm(forms.Form):
    """Whether we understood it, and how it was meant where we did not."""

    answer = forms.ChoiceField(
        label=_("Did we understand it?"),
        choices=[("right", _("Yes, that is right")), ("wrong", _("No, something is wrong or missing"))],
        widget=RadioRows(reveals={"wrong": ["correction"]}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the answers shown")),
    )
    correction = TextField(
        label=_("How is it?"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Write what is wrong or missing")},
    )

    use_required_attribute = False

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        if data is not None and data.get("answer") != "wrong":
            self.fields["correction"].required = False


class LostCodeForm(forms.Form):
    """What somebody still knows who has lost the access code."""

    reference = forms.CharField(
        label=_("Reference"),
        max_length=_LONGEST_CODE,
        widget=CodeInput,
        error_messages={"required": _("Enter your reference"), "max_length": _TOO_LONG},
    )
    email = forms.CharField(
        label=_("Your e-mail address"),
        help_text=_("The one that you gave us with your complaint."),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "dir": "ltr", "spellcheck": "false"}),
        error_messages={"required": _("Enter your e-mail address")},
    )

    use_required_attribute = False


class ReceiptForm(forms.Form):
    """A proof of receipt that somebody has in hand."""

    reference = forms.CharField(
        label=_("Reference"),
        max_length=_LONGEST_CODE,
        widget=CodeInput,
        error_messages={"required": _("Enter your reference"), "max_length": _TOO_LONG},
    )
    leaf = forms.CharField(
        label=_("Proof of receipt"),
        help_text=_("The 64 letters and numbers that stand on the confirmation."),
        max_length=_LONGEST_CODE,
        widget=CodeInput,
        error_messages={"required": _("Enter the proof of receipt"), "max_length": _TOO_LONG},
    )

    use_required_attribute = False


class ContactForm(forms.Form):
    """How somebody wants to be reached from now on. What is known already is not shown in full."""

    contact_by = forms.ChoiceField(
        label=_("How do we tell you of news?"),
        choices=[
            (Party.ContactBy.EMAIL.value, _("By e-mail")),
            (Party.ContactBy.PHONE.value, _("By telephone")),
            (Party.ContactBy.POST.value, _("By letter")),
            (Party.ContactBy.PORTAL.value, _("Only on this page")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how we tell you of news")},
    )
    email = forms.CharField(
        label=_("New e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "dir": "ltr", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label=_("New telephone number"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )
    address = forms.CharField(
        label=_("New postal address"),
        required=False,
        max_length=300,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )

    use_required_attribute = False


class ResumeForm(forms.Form):
    """The code of a draft."""

    draft_code = forms.CharField(
        label=_("Draft code"),
        help_text=_("12 letters and numbers, shown when you saved the draft."),
        max_length=_LONGEST_CODE,
        widget=CodeInput,
        error_messages={"required": _("Enter the code of your draft"), "max_length": _TOO_LONG},
    )

    use_required_attribute = False


class ReplyForm(forms.Form):
    """What the complainant writes to us. `once` makes a message that is sent twice one message."""

    text = TextField(
        label=_("Your message"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Write your message")},
    )
    attachments = ManyFilesField(
        label=_("Photos, letters or recordings"),
        help_text=_("Up to 10 files at a time."),
        required=False,
        allow_empty_file=True,
    )
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    use_required_attribute = False


class AnswerForm(forms.Form):
    """What the complainant says to a decision. `round` tells which decision they had before their eyes."""

    round = forms.IntegerField(widget=forms.HiddenInput)


class DisagreeForm(AnswerForm):
    """Why somebody does not agree."""

    reason = TextField(
        label=_("Why do you not agree?"),
        help_text=_("What is wrong or missing? It helps whoever looks at it again, but you need not give a reason."),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 5}),
    )

    use_required_attribute = False


class WithdrawForm(forms.Form):
    """Why somebody does not want to go on."""

    reason = TextField(
        label=_("Why do you want to withdraw it?"),
        help_text=_("You need not say. It helps us to learn from it."),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
    )

    use_required_attribute = False


class DetrimentForm(forms.Form):
    """What somebody suffers for having complained."""

    text = TextField(
        label=_("What happened?"),
        help_text=_("Who did what, and when? Say it in your own words."),
        max_length=LONGEST_DETRIMENT,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Write what happened")},
    )

    use_required_attribute = False


def example_reference(prefix: str, year: int) -> str:
    """What a reference looks like here."""
    return f"{prefix}-{year % 100:02d}-7K3M9TQH"

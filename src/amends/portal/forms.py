"""The small forms of the public pages. The complaint itself comes from its definition (ui/definition_forms.py)."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions.reject import LONGEST_REASON
from amends.complaints.actions.report_detriment import LONGEST as LONGEST_DETRIMENT
from amends.complaints.intake import LONGEST_TEXT
from amends.ui.definition_forms import TextField
from amends.ui.widgets import CodeInput, ManyFilesField

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
        help_text=_("18 letters and numbers. Only you have it."),
        max_length=_LONGEST_CODE,
        widget=CodeInput,
        error_messages={"required": _("Enter your access code"), "max_length": _TOO_LONG},
    )

    use_required_attribute = False

    def __init__(self, *args: Any, example: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].help_text = gettext("For example %(reference)s") % {"reference": example}


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

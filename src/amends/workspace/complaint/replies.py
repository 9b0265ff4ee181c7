"""What the complainant said on the telephone or wrote on paper, written down by staff (7.3)."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import reply
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.correspondence.models import Message
from amends.correspondence.writing import LONGEST_MESSAGE
from amends.files.taking_in import take_in
from amends.ui.access import StaffVisit, needs
from amends.ui.widgets import ManyFilesField, RadioRows
from amends.workspace.complaint.choices import SPOKEN, long_text
from amends.workspace.complaint.composer import said_field, said_so_far, say_once
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

SCREEN = Screen(
    verb=Verb.REPLY,
    title=_("Write down what they said"),
    button=_("Save what they said"),
    said=_("What they said stands in the timeline now."),
    intro=_("As they said it, without your own view: that belongs into a note."),
)


class ReplyForm(StepForm):
    """Their words, how they came, and what they sent along."""

    said = said_field()
    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=SPOKEN,
        widget=RadioRows,
        error_messages={"required": _("Choose how it came")},
    )
    text = long_text(_("What they said or wrote"), longest=LONGEST_MESSAGE, missing=_("Write down what they said"))
    attachments = ManyFilesField(label=_("Files they sent"), required=False)

    def prepare(self) -> None:
        self.initial["said"] = said_so_far(self.case)


@needs(May.LIST)
def replies(request: StaffVisit, reference: str) -> HttpResponse:
    """Write it into the timeline as theirs."""
    return SCREEN.answer(request, opened(request, reference), ReplyForm, _act)


def _act(case: Case, form: ReplyForm) -> None:
    given = form.cleaned_data
    # Of somebody anonymous only the stripped copy is kept, whoever hands it in.
    keep = not case.complaint.is_anonymous
    files = [take_in(file, keep_original=keep, at=case.now) for file in given["attachments"]]
    say_once(
        form,
        Message.Direction.IN,
        lambda: reply(
            case.complaint, text=given["text"], channel=given["channel"], files=files, by=case.actor, at=case.now
        ),
    )

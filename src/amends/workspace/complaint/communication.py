"""Sending the decision: the letter as it will be sent, and one button (7.8)."""

from dataclasses import replace
from datetime import date

from django import forms
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.acting import nobody_to_tell, who_gets_letters
from amends.complaints.actions import communicate
from amends.complaints.actions.communicate import NOBODY_TO_TELL, decision_of_round
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.correspondence.models.message import Channel
from amends.kit.refusal import Refusal
from amends.ui.access import StaffVisit, needs
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.letter import Preview, preview_of
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

SCREEN = Screen(
    verb=Verb.COMMUNICATE,
    title=gettext_lazy("Send the decision"),
    button=gettext_lazy("Send this decision"),
    said=gettext_lazy("The decision is sent. It stands on the tracking page."),
    intro=gettext_lazy("Read the letter once more: it goes out exactly as it stands here, and cannot be taken back."),
    template="workspace/complaint/communication.html",
)


class CommunicationForm(StepForm):
    """How it goes out. `answer_by` is the day that stood in the letter that was read."""

    answer_by = forms.DateField(widget=forms.HiddenInput, required=False, input_formats=["%Y-%m-%d"])
    channel = forms.ChoiceField(
        label=gettext_lazy("How is it told?"),
        help_text=gettext_lazy("Whatever you choose, it stands on the tracking page too."),
        choices=[
            (Channel.PORTAL, gettext_lazy("On the tracking page; a mail tells them where they gave an address")),
            (Channel.POST, gettext_lazy("Also by letter, which I print and send")),
            (Channel.PHONE, gettext_lazy("Also by telephone")),
            (Channel.IN_PERSON, gettext_lazy("Also in person")),
        ],
        initial=Channel.PORTAL,
        widget=RadioRows,
    )

    def prepare(self) -> None:
        self.preview: Preview = preview_of(self.case, decision_of_round(self.case.complaint))
        if nobody_to_tell(self.case.complaint, self.case.now):
            self.preview = replace(self.preview, obstacle=NOBODY_TO_TELL)
        self.initial["answer_by"] = self.preview.answer_by

    def clean_answer_by(self) -> date | None:
        """A letter that would say another day than the one that was read does not go out unread."""
        read: date | None = self.cleaned_data["answer_by"]
        if read != self.preview.answer_by:
            day = self.preview.answer_by.isoformat() if self.preview.answer_by else ""
            self.data = {**self.data.dict(), "answer_by": day} if isinstance(self.data, QueryDict) else self.data
            raise forms.ValidationError(_("The day in the letter has moved since you read it. Read it again and send."))
        return read


@needs(May.RESPOND)
def communication(request: StaffVisit, reference: str) -> HttpResponse:
    """Show the letter, and send it."""
    return SCREEN.answer(request, opened(request, reference), CommunicationForm, _act, _look)


def _act(case: Case, form: CommunicationForm) -> None:
    if form.preview.obstacle:
        raise Refusal("block_missing", form.preview.obstacle)
    communicate(case.complaint, channel=form.cleaned_data["channel"], by=case.actor, at=case.now, seen=form.version)


def _look(case: Case, form: CommunicationForm) -> dict[str, object]:
    decision = decision_of_round(case.complaint)
    addressee = who_gets_letters(case.complaint, case.now)
    return {"preview": form.preview, "decision": decision, "addressee": case.called(addressee) if addressee else ""}

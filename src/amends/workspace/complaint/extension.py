"""Taking more time, with the reply that tells the complainant why and until when (7.3, 7.7)."""

from datetime import date

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.calendars.loading import working_calendar
from amends.calendars.working_time import local_day
from amends.complaints import actions
from amends.complaints.actions.extend import LONGEST_REASON, Room
from amends.complaints.foreseeing import Longer, if_extended, room_of
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.correspondence.models.message import Channel
from amends.kit.refusal import Refusal
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.current import offered_languages, own_name
from amends.ui.widgets import RadioRows
from amends.workspace.clock_names import title_of
from amends.workspace.complaint.choices import day_field, long_text
from amends.workspace.complaint.clocks import clocks_of
from amends.workspace.complaint.composer import WAYS
from amends.workspace.complaint.deadline import numbered
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm, refused

SCREEN = Screen(
    verb=Verb.EXTEND,
    title=gettext_lazy("Take more time"),
    button=gettext_lazy("Send the reply and move the date"),
    said=gettext_lazy("The date has moved, and the complainant is told why. The reply stands on the tracking page."),
    intro=gettext_lazy("The complainant is told at once why it takes longer and until when."),
    template="workspace/complaint/extension.html",
)

ALL, UNTIL = "all", "until"


class ExtensionForm(StepForm):
    """Why, and until when."""

    reason = long_text(
        gettext_lazy("Why does it take longer?"),
        longest=LONGEST_REASON,
        hint=gettext_lazy("The complainant reads this as you write it. Say what is still to be done."),
        missing=gettext_lazy("Write why it takes longer"),
    )
    how_long = forms.ChoiceField(
        label=gettext_lazy("Until when?"),
        widget=RadioRows(reveals={UNTIL: ["until"]}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Choose until when")),
    )
    until = day_field(gettext_lazy("New day"), missing=gettext_lazy("Enter the new day"))
    channel = forms.ChoiceField(
        label=gettext_lazy("How is it told?"),
        help_text=gettext_lazy("Whatever you choose, it stands on the tracking page too."),
        choices=WAYS,
        initial=Channel.PORTAL,
        widget=RadioRows,
    )

    language = forms.ChoiceField(label=gettext_lazy("Language of the letter"), required=False)

    def prepare(self) -> None:
        own = self.case.complaint.language
        self.languages = list(dict.fromkeys((own, *offered_languages(self.case.organisation))))
        self.choose("language", [(code, own_name(code)) for code in self.languages])
        self.initial.setdefault("language", own)
        self.clocks = clocks_of(self.case)
        self.clock = numbered(self.clocks, self.number)
        found = room_of(self.clock, self.case.now)
        if isinstance(found, Refusal):
            raise found  # somebody else took the time that was left, a moment ago
        self.room: Room = found
        latest = formatting.long_day(found.latest)
        self.choose(
            "how_long",
            [
                (UNTIL, _("Until a day that I choose")),
                (ALL, _("As long as the rules give: until %(day)s") % {"day": latest}),
            ],
        )
        self.initial.setdefault("how_long", UNTIL)
        self.fields["until"].required = self.answered("how_long") == UNTIL
        if self.case.complaint.is_anonymous:
            self.choose("channel", WAYS[:1])

    @property
    def language_chosen(self) -> str:
        """The language of the reply."""
        chosen = self.answered("language")
        return chosen if chosen in self.languages else self.case.complaint.language

    @property
    def day(self) -> date | None:
        """The day that was chosen; None for as long as the rules give."""
        return self.cleaned_data["until"] if self.cleaned_data["how_long"] == UNTIL else None


@needs(May.MOVE_CLOCKS)
def extension(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """Write the reason, read the reply as it will be sent, and send it."""
    case = opened(request, reference)
    found = room_of(numbered(clocks_of(case), number), case.now)
    if isinstance(found, Refusal) and "extend" in case.open_to:
        return refused(request, case, SCREEN.title, found)
    return SCREEN.answer(request, case, ExtensionForm, _extend, _look)


def _extend(case: Case, form: ExtensionForm) -> None:
    given, clock = form.cleaned_data, form.clock
    clock.complaint = case.complaint
    actions.extend(
        clock,
        reason=given["reason"],
        until=form.day,
        channel=given["channel"],
        language=given["language"],
        by=case.actor,
        at=case.now,
        seen=form.version,
    )


def _look(case: Case, form: ExtensionForm) -> dict[str, object]:
    """The reply as far as it is written; without a day that holds there is none."""
    zone = working_calendar(form.clock.calendar)
    return {
        "title": title_of(form.clock),
        "clock": form.clock,
        "room": form.room,
        "latest_day": local_day(form.room.latest, zone),
        "longer": _longer(case, form),
        "reply_language": form.language_chosen,
    }


def _longer(case: Case, form: ExtensionForm) -> Longer | None:
    reason = form.answered("reason").strip()
    until = None
    if form.answered("how_long") == UNTIL:
        field = form.fields["until"]
        try:
            until = field.clean(form.answered("until"))
        except forms.ValidationError:
            return None
        if until is None:
            return None
    try:
        return if_extended(
            case.complaint,
            form.clock,
            until,
            reason or "…",
            case.organisation,
            case.now,
            language=form.language_chosen,
        )
    except Refusal:
        return None  # the form says which when it is sent

"""The permission by which somebody acts for the complainant: recording that it was seen, and its end (3.1)."""

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.acting import permission_now
from amends.complaints.actions import end_authority, record_authority
from amends.complaints.actions.end_authority import REASONS, representative_of
from amends.complaints.models import ActingAuthority, Party
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.correspondence.models import Message
from amends.files.models import State, StoredFile
from amends.files.taking_in import take_in
from amends.kit.refusal import Refusal
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.choices import day_field, long_text
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm, refused

RECORDING = Screen(
    verb=Verb.RECORD_AUTHORITY,
    title=_("Permission of the representative"),
    button=_("Save the permission"),
    said=_("The permission is recorded. The representative sees the complaint on the tracking page again."),
    intro=_(
        "Until a permission was seen, and after its last day, the representative is told nothing. What the complainant "
        "is owed goes to them where they can be reached."
    ),
    template="workspace/complaint/authority.html",
)
ENDING = Screen(
    verb=Verb.END_AUTHORITY,
    title=_("End the permission"),
    button=_("End the permission"),
    said=_("The permission has ended. The representative is told nothing from now on."),
    kind="danger",
)


class AuthorityForm(StepForm):
    """What was seen: a file that came in or is added here, or a paper that is kept somewhere."""

    scope = long_text(
        _("What does it cover?"),
        hint=_("In their words, such as: everything about this complaint, also money."),
        longest=500,
        rows=3,
        missing=_("Write what the permission covers"),
    )
    came_in = forms.ChoiceField(label=_("The document came in as"), required=False)
    document = forms.FileField(label=_("Or add the document"), required=False)
    where_kept = LineField(label=_("Or say where the paper is kept"), max_length=200, required=False)
    valid_until = day_field(
        _("Last day on which it holds"), hint=_("Leave it empty where none is given."), missing=_("Enter the last day")
    )
    letters_to = forms.ChoiceField(
        label=_("Who gets the decision?"),
        help_text=_("As the complainant chose."),
        choices=Party.LettersTo.choices,
        initial=Party.LettersTo.REPRESENTATIVE,
        widget=RadioRows,
    )

    def prepare(self) -> None:
        self.fields["valid_until"].required = False
        mine = Q(message_file__message__thread=self.case.complaint.thread_id)
        sent = mine & Q(message_file__message__direction=Message.Direction.IN)
        rows = StoredFile.objects.filter(sent, state=State.CHECKED).order_by("-id")[:50]
        self.sent = {file.token: file for file in rows}
        self.choose("came_in", [("", _("Choose one")), *((token, file.name) for token, file in self.sent.items())])
        if not self.sent:
            del self.fields["came_in"]


class EndForm(StepForm):
    """Why it ends."""

    reason = forms.ChoiceField(
        label=_("Why does it end?"),
        choices=[(end.value, end.label) for end in REASONS],
        widget=RadioRows,
        error_messages={"required": _("Say why it ends.")},
    )


@needs(May.KEEP_PEOPLE)
def authority(request: StaffVisit, reference: str) -> HttpResponse:
    """Record a permission; the present one and the earlier ones stand below."""
    case = opened(request, reference)
    if Party.Role.REPRESENTATIVE not in case.parties:
        return refused(request, case, RECORDING.title, _nobody())
    return RECORDING.answer(request, case, AuthorityForm, _record, _look)


@needs(May.KEEP_PEOPLE)
def ending(request: StaffVisit, reference: str) -> HttpResponse:
    """End it before its last day."""
    case = opened(request, reference)
    return ENDING.answer(request, case, EndForm, _end)


def _nobody() -> Refusal:
    return Refusal("no_representative", _("Nobody acts for the complainant."))


def _record(case: Case, form: AuthorityForm) -> None:
    given = form.cleaned_data
    document = form.sent.get(given.get("came_in", ""))
    if given["document"]:
        document = take_in(given["document"], keep_original=True, at=case.now)
    record_authority(
        case.complaint,
        scope=given["scope"],
        document=document,
        where_kept=given["where_kept"],
        valid_until=given["valid_until"],
        letters_to=given["letters_to"],
        by=case.actor,
        at=case.now,
        seen=form.version,
    )


def _end(case: Case, form: EndForm) -> None:
    representative_of(case.complaint)
    end_authority(case.complaint, reason=form.cleaned_data["reason"], by=case.actor, at=case.now, seen=form.version)


def _look(case: Case, form: AuthorityForm) -> dict[str, object]:
    rows = ActingAuthority.objects.filter(complaint=case.complaint).select_related("document", "person")
    acting = case.parties[Party.Role.REPRESENTATIVE]
    can_end = "end_authority" in case.open_to and acting.authority == Party.Authority.SEEN
    return {
        "authorities": rows.order_by("-id")[:20],
        "is_good": permission_now(case.complaint, case.now).is_good,
        "end_href": case.at("authority_end") if can_end else "",
    }

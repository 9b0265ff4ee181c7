"""A complaint that went to an outside body, what that body told us, what it decided and ordered (7.9)."""

from datetime import date

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.actions import record_result, refer, update_referral
from amends.complaints.actions.record_result import Order
from amends.complaints.actions.refer import Unlisted
from amends.complaints.ledger import COUNTED
from amends.complaints.models import Referral
from amends.complaints.outside import newest_referral
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.framework.models import OutsideBody
from amends.framework.outside_bodies import bodies_to_choose
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.widgets import RadioRows
from amends.workspace.answering import NOT_OFFERED
from amends.workspace.complaint.choices import day_field, long_text, today_at
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.remedies import all_shown, remedies_of
from amends.workspace.complaint.remedy_rows import RemedyRowsForm
from amends.workspace.complaint.stepping import Screen, StepForm

REFERRING = Screen(
    verb=Verb.REFER,
    title=gettext_lazy("Note an outside body"),
    button=gettext_lazy("Save the outside body"),
    said=gettext_lazy("It is noted that an outside body has the complaint."),
    intro=gettext_lazy("Our clocks stop. The complaint is watched until the outside body has decided."),
)
UPDATING = Screen(
    verb=Verb.UPDATE_REFERRAL,
    title=gettext_lazy("Add what the outside body told us"),
    button=gettext_lazy("Save what they told us"),
    said=gettext_lazy("It is saved."),
)
RESULT = Screen(
    verb=Verb.RECORD_RESULT,
    title=gettext_lazy("Record what the outside body decided"),
    button=gettext_lazy("Save the result"),
    said=gettext_lazy("The result is recorded."),
    template="workspace/complaint/result.html",
)
#: Stands for a body that is not on the list.
ANOTHER = "another"
_TOLD = gettext_lazy("When we were told")
_FILE_BY = gettext_lazy("They want our file by")
_FILE_HINT = gettext_lazy("A deadline watches this day. Leave it empty where they have not asked.")


def _day_if_known(label: object, hint: object = "") -> forms.DateField:
    field = day_field(label, hint=hint, missing="")
    field.required = False
    return field


class ReferralForm(StepForm):
    """Which body, since when. Without a list the name alone is asked for."""

    listed = forms.ChoiceField(label=gettext_lazy("Which body?"), error_messages=NOT_OFFERED)
    body = LineField(
        label=gettext_lazy("Name of the outside body"),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter the name of the outside body")},
    )
    why_unlisted = LineField(
        label=gettext_lazy("Why it is not on the list"),
        help_text=gettext_lazy("Only for a body that is not on the list."),
        max_length=300,
        required=False,
    )
    referred_on = day_field(gettext_lazy("Since when"), missing=gettext_lazy("Enter the day since which they have it"))
    told_on = _day_if_known(_TOLD, gettext_lazy("Leave it empty where it is the same day."))
    their_reference = LineField(label=gettext_lazy("Their number"), max_length=80, required=False)
    file_due_on = _day_if_known(_FILE_BY, _FILE_HINT)

    def prepare(self) -> None:
        self.initial["referred_on"] = today_at(self.case)
        self.bodies = {body.code: body for body in bodies_to_choose()}
        if not self.bodies:
            del self.fields["listed"], self.fields["why_unlisted"]
            return
        self.fields["body"].required = False
        self.fields["body"].help_text = _("Only for a body that is not on the list.")
        listed = [(code, str(body)) for code, body in self.bodies.items()]
        self.choose("listed", [("", _("Choose")), *listed, (ANOTHER, _("Another one, not on the list"))])

    def chosen(self) -> OutsideBody | Unlisted:
        """As the verb takes it."""
        given = self.cleaned_data
        found = self.bodies.get(given.get("listed", ""))
        return found or Unlisted(given["body"], given.get("why_unlisted", ""))


class UpdateForm(StepForm):
    """What came to be known since."""

    told_on = day_field(_TOLD, missing=gettext_lazy("Enter the day on which we were told"))
    their_reference = LineField(label=gettext_lazy("Their number"), max_length=80, required=False)
    file_due_on = _day_if_known(
        _FILE_BY, gettext_lazy("Another day asks for the file again, and a deadline watches it.")
    )

    def prepare(self) -> None:
        known = newest_referral(self.case.complaint)
        if known is not None:
            for name in ("told_on", "their_reference", "file_due_on"):
                self.initial[name] = getattr(known, name)


class ResultForm(RemedyRowsForm):
    """What they decided, when, how that compares with what we did, and what they order beyond it."""

    most_rows = 3
    has_owners = True

    outcome = forms.ChoiceField(
        label=gettext_lazy("How did it end there?"),
        choices=Referral.Outcome.choices,
        widget=RadioRows,
        error_messages={"required": gettext_lazy("Choose how it ended there")},
    )
    decided_on = day_field(gettext_lazy("When they decided"), missing=gettext_lazy("Enter the day of their decision"))
    result = long_text(
        gettext_lazy("What was decided?"), longest=10_000, missing=gettext_lazy("Write what was decided")
    )
    compared = forms.ChoiceField(
        label=gettext_lazy("Beside our own decision"),
        help_text=gettext_lazy(
            "It follows from both results where both say who was right. Choose where it does not, or where they gave "
            "more or less than we did."
        ),
        choices=[("", gettext_lazy("As it follows from both results")), *Referral.Compared.choices],
        required=False,
        error_messages=NOT_OFFERED,
    )

    def prepare(self) -> None:
        known = newest_referral(self.case.complaint)
        self.initial["decided_on"] = today_at(self.case)
        if known is not None and known.is_decided:
            for name in ("outcome", "decided_on", "result", "compared"):
                self.initial[name] = getattr(known, name)
        self.add_rows()

    def first_day(self) -> date | None:
        """It may be late by the time we hear of it; the verb looks that it is not before they decided."""
        return None

    @property
    def orders(self) -> list[Order]:
        """The rows that were filled in, as the verb takes them."""
        numbered = enumerate(self.promised, start=1)
        return [Order(remedy, self.owner_of(number)) for number, remedy in numbered if remedy is not None]


@needs(May.HANDLE)
def referral(request: StaffVisit, reference: str) -> HttpResponse:
    """Note where the complainant went."""
    return REFERRING.answer(request, opened(request, reference), ReferralForm, _refer)


def _refer(case: Case, form: ReferralForm) -> None:
    given = form.cleaned_data
    refer(
        case.complaint,
        form.chosen(),
        referred_on=given["referred_on"],
        told_on=given["told_on"],
        their_reference=given["their_reference"],
        file_due_on=given["file_due_on"],
        by=case.actor,
        at=case.now,
        seen=form.version,
    )


@needs(May.HANDLE)
def update(request: StaffVisit, reference: str) -> HttpResponse:
    """Their number, when we heard, by when they want our file."""
    return UPDATING.answer(request, opened(request, reference), UpdateForm, _update)


def _update(case: Case, form: UpdateForm) -> None:
    given = form.cleaned_data
    update_referral(
        case.complaint,
        told_on=given["told_on"],
        their_reference=given["their_reference"],
        file_due_on=given["file_due_on"],
        by=case.actor,
        at=case.now,
        seen=form.version,
    )


@needs(May.HANDLE)
def result(request: StaffVisit, reference: str) -> HttpResponse:
    """Write down what the outside body decided."""
    return RESULT.answer(request, opened(request, reference), ResultForm, _record, _beside)


def _beside(case: Case, form: ResultForm) -> dict[str, object]:
    """What we promised, and what was ordered already."""
    remedies = [each for each in remedies_of(case.complaint) if each.state in COUNTED]
    ours = [each for each in remedies if not each.is_ordered]
    return {"ours": all_shown(ours, case), "ordered": all_shown([r for r in remedies if r.is_ordered], case)}


def _record(case: Case, form: ResultForm) -> None:
    given = form.cleaned_data
    record_result(
        case.complaint,
        result=given["result"],
        outcome=Referral.Outcome(given["outcome"]),
        decided_on=given["decided_on"],
        compared=Referral.Compared(given["compared"]) if given["compared"] else None,
        orders=form.orders,
        by=case.actor,
        at=case.now,
        seen=form.version,
    )

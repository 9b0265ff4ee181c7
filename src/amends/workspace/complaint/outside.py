"""The card about an outside body and the next look, beside the complaint; and setting the next look (7.9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.complaints.actions import set_next_look
from amends.complaints.ledger import SHOWN
from amends.complaints.models import NextLook, Referral, Remedy
from amends.complaints.outside import current_look, newest_referral
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.complaints.stages import Outcome
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.workspace.complaint.choices import day_field, long_text, today_at
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.remedies import RemedyShown, all_shown, remedies_of
from amends.workspace.complaint.stepping import Screen, StepForm

Words = str | Promise
Pair = tuple[Words, Words]

LOOKING = Screen(
    verb=Verb.SET_NEXT_LOOK,
    title=gettext_lazy("Set when somebody looks again"),
    button=gettext_lazy("Save"),
    said=gettext_lazy("It is noted how it stands."),
    intro=gettext_lazy(
        "A complaint is watched until every way is used up. On the day that you choose it stands in the queue again."
    ),
)


@dataclass(frozen=True)
class Taken:
    """Where it was taken last, and once they decided there everything promised and ordered; fetched once for a page."""

    referral: Referral | None
    remedies: Sequence[Remedy] | None


def taken_outside(case: Case, *, was_outside: bool) -> Taken:
    """No query for a complaint that never went anywhere."""
    referral = newest_referral(case.complaint) if was_outside else None
    is_decided = referral is not None and referral.is_decided
    return Taken(referral, remedies_of(case.complaint) if is_decided else None)


@dataclass(frozen=True)
class Outside:
    """What the card says, and what can be done from it."""

    title: Words
    lines: list[Pair]
    result: str
    #: What we promised and what they ordered, each with its state.
    ours: Sequence[RemedyShown]
    theirs: Sequence[RemedyShown]
    note: str
    links: list[tuple[Words, str, str]]


class LookForm(StepForm):
    """How it stands, and when somebody looks again."""

    note = long_text(
        gettext_lazy("How does it stand, and what has to be looked for?"),
        longest=1000,
        rows=3,
        missing=gettext_lazy("Write how it stands, or what to look for"),
    )
    look_on = day_field(
        gettext_lazy("Look again on"), hint=gettext_lazy("Leave it empty where nobody has to look again."), missing=""
    )

    def prepare(self) -> None:
        self.fields["look_on"].required = False


@needs(May.HANDLE)
def next_look(request: StaffVisit, reference: str) -> HttpResponse:
    """Write down how it stands, and set the day."""
    return LOOKING.answer(request, opened(request, reference), LookForm, _set)


def _set(case: Case, form: LookForm) -> None:
    given = form.cleaned_data
    set_next_look(
        case.complaint,
        look_on=given["look_on"],
        note=given["note"],
        by=case.actor,
        at=case.now,
        seen=form.version,
    )


def outside_of(case: Case, taken: Taken, *, has_looks: bool) -> Outside | None:
    """The card, where there was a body or a look. One query for a look."""
    referral, remedies = taken.referral, taken.remedies or []
    look = current_look(case.complaint) if has_looks else None
    if referral is None and look is None:
        return None
    lines = [*(referral_lines(referral, today_at(case)) if referral else []), *(_look_lines(look) if look else [])]
    shown: list[Pair] = [(name, case.mask.hides(str(value))) for name, value in lines if value]
    return Outside(
        title=_title(case, referral),
        lines=shown,
        result=case.mask.hides(referral.result) if referral else "",
        ours=all_shown((each for each in remedies if not each.is_ordered and each.state in SHOWN), case),
        theirs=all_shown((each for each in remedies if each.is_ordered), case),
        note=case.mask.hides(look.note) if look else "",
        links=list(_links(case, referral)),
    )


def _title(case: Case, referral: Referral | None) -> Words:
    if referral is None:
        return _("Being watched")
    return _("Decided outside") if referral.is_decided else _("With an outside body")


def referral_lines(referral: Referral, today: date) -> list[Pair]:
    """What is known of a referral, as names and values; without a value where it is not."""
    return [
        (_("Body"), referral.called),
        (_("Not on the list"), referral.why_unlisted),
        (_("Their number"), referral.their_reference),
        (_("Taken there"), formatting.day(referral.referred_on)),
        (_("We were told"), formatting.day(referral.told_on)),
        (_("There for"), days_there(referral, today)),
        (_("File wanted by"), formatting.day(referral.file_due_on) if referral.file_due_on else ""),
        (_("File sent"), formatting.day(referral.file_sent_on) if referral.file_sent_on else ""),
        (_("They decided"), formatting.day(referral.decided_on) if referral.decided_on else ""),
        (_("Their result"), Referral.Outcome(referral.outcome).label if referral.outcome else ""),
        (_("Ours"), Outcome(referral.our_outcome).label if referral.our_outcome else ""),
        (_("Compared"), Referral.Compared(referral.compared).label if referral.compared else ""),
    ]


def days_there(referral: Referral, today: date) -> str:
    """How long they have had it, or had it until they decided."""
    count = ((referral.decided_on or today) - referral.referred_on).days
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def _look_lines(look: NextLook) -> list[Pair]:
    when = formatting.day(look.look_on) if look.look_on else _("Not needed")
    return [(_("Next look"), when), (_("Last look"), f"{formatting.short_day(look.at)}, {look.person.name}")]


def _links(case: Case, referral: Referral | None) -> list[tuple[Words, str, str]]:
    """What may be done now: words, address, icon."""
    offered = [
        ("update_referral", _("Add what they told us"), "referral_update", "pencil"),
        ("disclose", _("Pass on the file"), "disclosures", "send"),
        ("set_next_look", _("Set the next look"), "next_look", "eye"),
    ]
    is_over = referral is None or referral.is_decided
    return [
        (words, case.at(name), icon)
        for verb, words, name, icon in offered
        if verb in case.open_to and not (is_over and verb in {"update_referral", "disclose"})
    ]

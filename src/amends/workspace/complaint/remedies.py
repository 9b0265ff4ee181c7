"""Remedies as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext

from amends.complaints.models import Complaint, Remedy
from amends.kit.money import Money
from amends.ui import formatting
from amends.ui.parts import Attachment, Tag, Tone
from amends.workspace.complaint.attachments import attachment_of
from amends.workspace.complaint.opening import Case

Words = str | Promise

_TONES: dict[str, Tone] = {
    Remedy.State.PROPOSED: "line",
    Remedy.State.PROMISED: "info",
    Remedy.State.DONE: "wait",
    Remedy.State.VERIFIED: "ok",
    Remedy.State.DROPPED: "",
    Remedy.State.LEFT: "",
}


@dataclass(frozen=True)
class RemedyShown:
    """A remedy with its amount in words, and its proof where there is one."""

    number: int
    kind: Words
    description: str
    amount: str
    due_on: date
    state: Tag
    proof: str = ""
    done_on: date | None = None
    proved_by: str = ""
    file: Attachment | None = None
    prove_href: str = ""
    leave_href: str = ""
    ordered_by: str = ""
    owner: str = ""
    why_left: str = ""


#: What is shown of a remedy beside its own columns.
SHOWN = ("kind", "proof_file", "proved_by", "owner", "referral__listed")


def remedies_of(complaint: Complaint) -> list[Remedy]:
    """All remedies of a complaint with what is shown of them. One query."""
    rows = Remedy.objects.filter(complaint=complaint).select_related(*SHOWN)
    return list(rows.order_by("number"))


def all_shown(remedies: Iterable[Remedy], case: Case) -> list[RemedyShown]:
    """Several of them."""
    return [remedy_shown(remedy, case) for remedy in remedies]


def amount_shown(remedy: Remedy) -> str:
    """Its money, or what it is worth."""
    if remedy.amount is not None:
        return formatting.money(Money(remedy.amount, remedy.currency))
    if remedy.value is not None:
        return gettext("worth %(amount)s") % {"amount": formatting.money(Money(remedy.value, remedy.currency))}
    return ""


def remedy_shown(remedy: Remedy, case: Case) -> RemedyShown:
    """One remedy in words."""
    amount = amount_shown(remedy)
    can_prove = "prove_remedy" in case.open_to and remedy.state == Remedy.State.PROMISED
    can_leave = "leave_remedy" in case.open_to and remedy.state == Remedy.State.PROMISED
    return RemedyShown(
        number=remedy.number,
        kind=str(remedy.kind),
        description=remedy.description,
        amount=amount,
        due_on=remedy.due_on,
        state=Tag(Remedy.State(remedy.state).label, _TONES[remedy.state]),
        proof=remedy.proof,
        done_on=remedy.done_on,
        proved_by=remedy.proved_by.name if remedy.proved_by else "",
        file=attachment_of(remedy.proof_file, case) if remedy.proof_file else None,
        prove_href=case.at("proof", number=remedy.number) if can_prove else "",
        leave_href=case.at("remedy_left", number=remedy.number) if can_leave else "",
        ordered_by=remedy.referral.called if remedy.referral else "",
        owner=remedy.owner.name if remedy.owner else "",
        why_left=remedy.why_left,
    )

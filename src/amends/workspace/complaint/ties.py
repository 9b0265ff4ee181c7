"""How a complaint hangs together with others: where it goes on, and what goes on in it."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from amends.complaints.linking import links_of
from amends.complaints.merging import goes_on_in
from amends.complaints.models import Link
from amends.complaints.queries import visible_to
from amends.complaints.stages import Stage
from amends.workspace.complaint.opening import Case

Words = str | Promise


@dataclass(frozen=True)
class Other:
    """Another complaint, as a link."""

    reference: str
    title: str
    href: str


@dataclass(frozen=True)
class Merged:
    """What the banner says. `is_merged` without `goes_on` means: in one that this person may not see."""

    is_merged: bool = False
    goes_on: Other | None = None
    taken_in: list[Other] = field(default_factory=list)
    end_href: str = ""

    def __bool__(self) -> bool:
        return self.is_merged or bool(self.taken_in)


#: So many are named in the banner.
MOST_NAMED = 10


def merged_of(case: Case, *, takes_in: bool) -> Merged:
    """Both ends of mergings, as far as this person may see them. No query for a complaint that has none."""
    complaint = case.complaint
    is_merged = Stage(complaint.stage) is Stage.MERGED
    goes_on, taken_in = None, []
    if is_merged:
        row = visible_to(case.actor).filter(pk=goes_on_in(complaint).pk).first()
        goes_on = _other(case, row.reference, row.title) if row is not None else None
    if takes_in:
        rows = visible_to(case.actor).filter(merged_into=complaint).order_by("-received_at", "-id")[:MOST_NAMED]
        taken_in = [_other(case, row.reference, row.title) for row in rows]
    return Merged(is_merged, goes_on, taken_in, case.at("unmerging") if "unmerge" in case.open_to else "")


def _other(case: Case, reference: str, title: str) -> Other:
    return Other(reference, title, case.at(reference=reference))


#: The same link, read from its other end.
_FROM_THERE: dict[str, Words] = {
    Link.Kind.SAME_MATTER: Link.Kind.SAME_MATTER.label,
    Link.Kind.JOINT: Link.Kind.JOINT.label,
    Link.Kind.FOLLOWS: gettext_lazy("The other one follows from this"),
    Link.Kind.ABOUT_HANDLING: gettext_lazy("The other one is about the handling of this"),
}


@dataclass(frozen=True)
class Linked:
    """A link as one end sees it."""

    other: Other
    how: Words
    wants_joint_answer: bool
    note: str


def linked_of(case: Case) -> list[Linked]:
    """The links to complaints that this person may see. One query."""
    visible = visible_to(case.actor).values("pk")
    rows = links_of(case.complaint).filter(complaint__in=visible, other__in=visible)[:MOST_NAMED]
    return [_seen_from(case, row) for row in rows]


def _seen_from(case: Case, row: Link) -> Linked:
    is_here = row.complaint_id == case.complaint.pk
    there = row.other if is_here else row.complaint
    how = Link.Kind(row.kind).label if is_here else _FROM_THERE[row.kind]
    return Linked(_other(case, there.reference, there.title), how, row.wants_joint_answer, row.note)

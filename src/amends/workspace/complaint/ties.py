"""How a complaint hangs together with others: where it goes on, and what goes on in it."""

from dataclasses import dataclass, field

from amends.complaints.merging import goes_on_in
from amends.complaints.queries import visible_to
from amends.complaints.stages import Stage
from amends.workspace.complaint.opening import Case


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

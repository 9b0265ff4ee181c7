"""What has to be known before two complaints are handled as one, and where a merged one goes on."""

from amends.complaints.models import Complaint, Merging, Party, Wall
from amends.kit.text import fold

#: A chain of merged complaints is followed so far; a longer one does not come about by hand.
LONGEST_CHAIN = 50


def goes_on_in(complaint: Complaint) -> Complaint:
    """The complaint in which it is handled now: itself, unless it was merged."""
    current = complaint
    for _step in range(LONGEST_CHAIN):
        if current.merged_into is None:
            break
        current = current.merged_into
    return current


def merging_of(complaint: Complaint) -> Merging | None:
    """The merging that holds now."""
    return Merging.objects.filter(complaint=complaint, ended_at__isnull=True).select_related("into").first()


def is_same_person(one: Complaint, other: Complaint) -> bool:
    """Whether the same person complains in both, as far as an address tells. Of the anonymous nobody can say so."""
    if one.is_anonymous or other.is_anonymous:
        return False
    return bool(_addresses(one) & _addresses(other))


def _addresses(complaint: Complaint) -> set[tuple[str, str]]:
    """What reaches the person who complains or is acted for; a name alone proves nothing."""
    found: set[tuple[str, str]] = set()
    for party in complaint.parties.all():
        if party.role != Party.Role.COMPLAINANT:
            continue
        if party.email:
            found.add(("email", fold(party.email)))
        if len(digits := "".join(filter(str.isdecimal, party.phone))) >= 6:
            found.add(("phone", digits[-9:]))
    return found


def share_their_walls(one: Complaint, other: Complaint) -> bool:
    """Whether the same people are kept away from both, so that no pointer leads anybody around a wall."""
    walls = Wall.objects.filter(complaint__in=[one, other]).values_list("complaint_id", "person_id")
    kept: dict[int, set[int]] = {one.pk: set(), other.pk: set()}
    for complaint, person in walls:
        kept[complaint].add(person)
    return kept[one.pk] == kept[other.pk]

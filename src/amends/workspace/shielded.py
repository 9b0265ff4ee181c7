"""Lists in which shielded complaints stand: their complainants' names are hidden from those who may not know them."""

from collections.abc import Callable, Iterable

from django.db.models import prefetch_related_objects

from amends.complaints.masking import OPEN, Mask, mask_of
from amends.complaints.models import Complaint
from amends.complaints.permissions import May
from amends.people.standing import Staff
from amends.permissions.engine import may
from amends.ui.access import StaffVisit


def hide_names(request: StaffVisit, complaints: Iterable[Complaint]) -> None:
    """Take the names of these complainants out of what people wrote on this page. Asks only where one is shielded."""
    shielded = list({each.pk: each for each in complaints if each.is_shielded}.values())
    prefetch_related_objects(shielded, "parties", "walls", "participating_units")
    masks = [mask_of(each) for each in shielded if not may(request.actor, May.SEE_IDENTITY, each)]
    if masks:
        request.hides = _all_of(masks)


def _all_of(masks: Iterable[Mask]) -> Callable[[str], str]:
    def hides(text: str) -> str:
        for mask in masks:
            text = mask.hides(text)
        return text

    return hides


class Masks:
    """The masks of many complaints, one after the other, for a file: each is made once."""

    def __init__(self, actor: Staff) -> None:
        self._actor = actor
        self._made: dict[int, Mask] = {}

    def hides(self, text: str, complaint: Complaint) -> str:
        """A text of a complaint as this person may read it."""
        if not complaint.is_shielded:
            return text
        if complaint.pk not in self._made:
            is_open = may(self._actor, May.SEE_IDENTITY, complaint)
            self._made[complaint.pk] = OPEN if is_open else mask_of(complaint)
        return self._made[complaint.pk].hides(text)

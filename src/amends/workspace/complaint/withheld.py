"""A complaint as it may leave the house without saying who complains, whoever makes the paper (4.10)."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.complaints.masking import Mask, pseudonym_of
from amends.complaints.models import Party
from amends.workspace.complaint.opening import NAME_HIDDEN, THE_COMPLAINANT, THE_COMPLAINANT_FIRST, Case

Words = str | Promise


@dataclass
class Withheld(Case):
    """The complaint before eyes that must not learn the name, even where whoever makes the paper knows it."""

    @cached_property
    def sees_identity(self) -> bool:
        """Nobody outside may know who complains."""
        return False

    @property
    def is_masked(self) -> bool:
        """Always."""
        return True

    @cached_property
    def mask(self) -> Mask:
        """Takes every name and address of the complainant out of every text."""
        sign = self.complaint.pseudonym or _("name withheld")
        return Mask.of(self.complaint.parties.all(), f"[{sign}]")

    @property
    def recipient(self) -> Words:
        """In the middle of a sentence."""
        return pseudonym_of(self.complaint) if self.complaint.pseudonym else THE_COMPLAINANT

    @property
    def recipient_first(self) -> Words:
        """Where a sentence begins."""
        return pseudonym_of(self.complaint) if self.complaint.pseudonym else THE_COMPLAINANT_FIRST

    def called(self, party: Party) -> Words:
        """What stands in the place of a name."""
        if self.complaint.is_anonymous:
            return _("Anonymous")
        return pseudonym_of(self.complaint) if self.complaint.pseudonym else NAME_HIDDEN


def withheld(case: Case) -> Case:
    """The same complaint, without a name."""
    return Withheld(case.complaint, case.actor, case.now, case.organisation)

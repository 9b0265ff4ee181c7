"""Opening a complaint: only where it is visible, and never without a trace that somebody looked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.complaints.masking import OPEN, Mask, mask_of, pseudonym_of
from amends.complaints.models import CaseText, Complaint, HandOver, Party
from amends.complaints.models.complaint import ComplaintQuerySet
from amends.complaints.permissions import May
from amends.complaints.queries import steps_open_to, visible_to
from amends.framework.models import Organisation
from amends.framework.queries import the_organisation
from amends.journal.reads import note_read
from amends.kit.ids import read_reference
from amends.people.standing import Staff
from amends.permissions.engine import may
from amends.ui.access import StaffVisit
from amends.ui.current import organisation_of

Words = str | Promise

#: Fields in which a complainant writes freely, and so perhaps their name.
_OWN_WORDS = ("title", "site", "occurred_text", "order_reference", "remedy_wanted_text", "expectation")

#: With the names that the page says of one that waits.
_HAND_OVERS = Prefetch("hand_overs", HandOver.objects.select_related("given_by", "to_person", "to_unit"))
#: Most complaints were never handed over: nothing is asked for them.
_NO_HAND_OVERS = Prefetch("hand_overs", HandOver.objects.none())

NAME_HIDDEN = _("Name hidden")
THE_COMPLAINANT = _("the complainant")
THE_COMPLAINANT_FIRST = _("The complainant")


@dataclass
class Case:
    """A complaint before the eyes of one person."""

    complaint: Complaint
    actor: Staff
    now: datetime
    organisation: Organisation

    @cached_property
    def open_to(self) -> frozenset[str]:
        """The verbs that this person could take now."""
        return frozenset(step.verb for step in steps_open_to(self.actor, self.complaint))

    @cached_property
    def sees_identity(self) -> bool:
        """Whether they may know who complains."""
        return may(self.actor, May.SEE_IDENTITY, self.complaint)

    def masked(self, text: CaseText | None) -> CaseText | None:
        """A text of the case as these eyes may read it. Nothing of it is saved."""
        if text is not None:
            text.text = self.mask.hides(text.text)
        return text

    @cached_property
    def reads_detriment(self) -> bool:
        """Whether they may know that the complainant reported harm."""
        return may(self.actor, May.READ_DETRIMENT, self.complaint)

    @cached_property
    def parties(self) -> dict[str, Party]:
        """Complainant and representative by their part."""
        return {party.role: party for party in self.complaint.parties.all()}

    @property
    def told(self) -> Party | None:
        """The person we talk to: the representative where there is one."""
        return self.parties.get(Party.Role.REPRESENTATIVE) or self.parties.get(Party.Role.COMPLAINANT)

    @property
    def recipient(self) -> Words:
        """What the person we talk to is called in the middle of a sentence."""
        return self._known_name or THE_COMPLAINANT

    @property
    def recipient_first(self) -> Words:
        """What they are called where a sentence begins."""
        return self._known_name or THE_COMPLAINANT_FIRST

    @property
    def _known_name(self) -> str:
        if self.is_masked:
            return pseudonym_of(self.complaint)
        return self.told.name if self.sees_identity and self.told is not None else ""

    @property
    def is_masked(self) -> bool:
        """Whether another name stands for the complainant's before these eyes."""
        return self.complaint.is_shielded and not self.sees_identity

    @cached_property
    def mask(self) -> Mask:
        """What takes a shielded name out of texts; it changes nothing for those who may know the name."""
        return mask_of(self.complaint) if self.is_masked else OPEN

    def called(self, party: Party) -> Words:
        """What somebody is called by whoever looks: their name only for those who may know it."""
        if self.complaint.is_anonymous:
            return _("Anonymous")
        if self.is_masked:
            return pseudonym_of(self.complaint)
        if not self.sees_identity:
            return NAME_HIDDEN
        return party.name or _("Name not given")

    def at(self, name: str = "complaint", **which: object) -> str:
        """An address of this complaint."""
        return reverse(f"workspace:{name}", kwargs={"reference": self.complaint.reference, **which})


def opened(
    request: StaffVisit, reference: str, *, also: Callable[[ComplaintQuerySet], ComplaintQuerySet] = lambda rows: rows
) -> Case:
    """The complaint, or 404 where it is not visible or the reference mistyped. That they look is recorded first.

    `also` fetches more about it in the same query.
    """
    rows = (
        also(visible_to(request.actor))
        .select_related(
            "product", "lead_unit", "handler", "recorded_by", "pack", "possible_duplicate_of", "merged_into"
        )
        .annotate(was_handed_over=Exists(HandOver.objects.filter(complaint=OuterRef("pk"))))
        .prefetch_related("walls", "participating_units", "parties")
    )
    complaint = rows.filter(reference=read_reference(reference) or "").first()
    if complaint is None:
        raise Http404
    fetched: Any = complaint
    prefetch_related_objects([complaint], _HAND_OVERS if fetched.was_handed_over else _NO_HAND_OVERS)
    note_read(complaint.subject, by=request.actor, at=request.now)
    case = Case(complaint, request.actor, request.now, organisation_of(request) or the_organisation())
    if case.is_masked:
        request.hides = case.mask.hides
        # What the complainant wrote into single answers; verbs write only the fields that they change.
        for name in _OWN_WORDS:
            setattr(complaint, name, case.mask.hides(getattr(complaint, name)))
    return case

"""What is said above an entry that is void, or that somebody wants to be."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.complaints.models import Voiding
from amends.people.models import Person
from amends.ui import formatting
from amends.ui.parts import Tone
from amends.workspace.complaint.opening import Case

Words = str | Promise


@dataclass(frozen=True)
class Voided:
    """A voiding that waits or is in force, with the way to decide on it or to end it for those who may."""

    is_void: bool
    why: Words
    reason: str
    asked: str
    decided: str
    comment: str
    href: str

    @property
    def tone(self) -> Tone:
        """How loud it is said."""
        return "danger" if self.is_void else "warn"


def voiding_of(case: Case) -> Voiding | None:
    """The voiding that waits or is in force. One query."""
    rows = Voiding.objects.filter(complaint=case.complaint, state__in=[Voiding.State.ASKED, Voiding.State.VOID])
    return rows.select_related("asked_by", "decided_by").first()


def _by(person: Person, at: datetime) -> str:
    return f"{person.name}, {formatting.moment(at)}"


def voided_of(case: Case) -> Voided | None:
    """The same in words."""
    voiding = voiding_of(case)
    if voiding is None:
        return None
    is_void = voiding.state == Voiding.State.VOID
    decided = ""
    if voiding.decided_by is not None and voiding.decided_at is not None:
        decided = _("confirmed by %(who)s") % {"who": _by(voiding.decided_by, voiding.decided_at)}
    verb, name = ("unvoid", "unvoiding") if is_void else ("void", "voiding_decision")
    return Voided(
        is_void=is_void,
        why=Voiding.Why(voiding.why).label,
        reason=case.mask.hides(voiding.reason),
        asked=_("asked by %(who)s") % {"who": _by(voiding.asked_by, voiding.asked_at)},
        decided=decided,
        comment=case.mask.hides(voiding.comment),
        href=case.at(name) if verb in case.open_to else "",
    )

"""Those who act on a complaint from outside: somebody who is about to complain, and the complainant."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from amends.complaints.models import Complaint, Party
from amends.kit.refusal import Refusal
from amends.permissions.engine import Person
from amends.permissions.roles import Role


@dataclass(frozen=True)
class Visitor:
    """Somebody on the public pages who has not complained yet. In the journal they appear as the party they become."""

    is_anonymous: bool = False

    actor_kind = "visitor"
    actor_key = 0
    acting_as = "visitor"

    def holds(self, role: Role, unit: int | None = None) -> bool:
        """Nobody gives a visitor a role."""
        return False


@dataclass(frozen=True)
class Complainant:
    """The person who complained, or who acts for them, shown to be so by reference and access code."""

    party_id: int
    complaint_id: int
    acting_as: str
    is_anonymous: bool

    actor_kind = "party"

    @property
    def actor_key(self) -> int:
        """The key of the party."""
        return self.party_id

    def holds(self, role: Role, unit: int | None = None) -> bool:
        """A complainant holds no role here."""
        return False


VISITOR = Visitor()


def complainant_of(complaint: Complaint, party: Party) -> Complainant:
    """The complainant as an actor: the representative where there is one."""
    return Complainant(party.pk, complaint.pk, party.role, complaint.is_anonymous)


def person_id_of(by: Person) -> int | None:
    """The member of staff behind an actor, if there is one."""
    return by.actor_key if by.actor_kind == "person" else None


def staff_id_of(by: Person) -> int:
    """The member of staff behind an actor. Refuses where only a member of staff can stand."""
    if by.actor_kind != "person":
        raise Refusal("staff_only", _("Only a member of staff can do this."))
    return by.actor_key

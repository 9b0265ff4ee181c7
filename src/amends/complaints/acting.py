"""Acting for somebody else: who may be told what, and who gets the letters (ISO 10002, 3.1 and 4.10).

A representative whose permission was not seen, has run out or was taken back hears nothing; what is to be said waits,
or goes to the complainant where they can be reached.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from amends.complaints.actors import Complainant
from amends.complaints.models import Complaint, Party
from amends.framework.queries import the_organisation
from amends.kit.refusal import Refusal
from amends.permissions import engine

#: From so many days before its end a permission is shown as ending.
ENDS_SOON = timedelta(days=14)


class Permission(StrEnum):
    """How the permission of a representative stands on a day."""

    NOT_NEEDED = "not_needed"
    VALID = "valid"
    ENDS_SOON = "ends_soon"
    MISSING = "missing"
    PASSED = "passed"
    ENDED = "ended"

    @property
    def is_good(self) -> bool:
        """Whether they may be told everything."""
        return self in {Permission.NOT_NEEDED, Permission.VALID, Permission.ENDS_SOON}


def permission_of(party: Party, day: date) -> Permission:
    """How the permission of one of the two stands; a complainant needs none."""
    if party.role != Party.Role.REPRESENTATIVE or party.authority == Party.Authority.NONE:
        return Permission.NOT_NEEDED
    if party.authority == Party.Authority.ENDED:
        return Permission.ENDED
    if party.authority != Party.Authority.SEEN:
        return Permission.MISSING
    if party.authority_until is None or party.authority_until > day + ENDS_SOON:
        return Permission.VALID
    return Permission.ENDS_SOON if party.authority_until >= day else Permission.PASSED


def permission_now(complaint: Complaint, at: datetime) -> Permission:
    """How the permission of its representative stands; not needed where there is none."""
    acting = _parties(complaint).get(Party.Role.REPRESENTATIVE)
    return Permission.NOT_NEEDED if acting is None else permission_of(acting, today(at))


def today(at: datetime) -> date:
    """The day where the organisation is: a permission holds until the end of its last day there."""
    return at.astimezone(the_organisation().zone).date()


def who_is_told(complaint: Complaint, at: datetime) -> Party | None:
    """The person who hears of the complaint now: the representative while they may, else the complainant."""
    parties = _parties(complaint)
    acting = parties.get(Party.Role.REPRESENTATIVE)
    if acting is not None and permission_of(acting, today(at)).is_good:
        return acting
    return parties.get(Party.Role.COMPLAINANT)


def who_gets_letters(complaint: Complaint, at: datetime) -> Party | None:
    """The person to whom the decision goes: whom the complainant chose, and never somebody without permission."""
    told, parties = who_is_told(complaint, at), _parties(complaint)
    if told is not None and told.role == Party.Role.REPRESENTATIVE and told.letters_to == Party.LettersTo.COMPLAINANT:
        return parties.get(Party.Role.COMPLAINANT)
    return told


def nobody_to_tell(complaint: Complaint, at: datetime) -> bool:
    """Whether what is to be said has to wait for a permission: nobody else can be reached."""
    if permission_now(complaint, at).is_good:
        return False
    told = who_is_told(complaint, at)
    return told is None or not told.has_contact


def demand_permission(by: engine.Person, complaint: Complaint, at: datetime) -> None:
    """Refuse with `permission_missing` what somebody without permission does for the complainant."""
    speaks_for_another = isinstance(by, Complainant) and by.acting_as == Party.Role.REPRESENTATIVE
    if speaks_for_another and not permission_now(complaint, at).is_good:
        raise Refusal(
            "permission_missing",
            _("We need the permission of the person you act for. Send it to us first; then you can do this."),
        )


def _parties(complaint: Complaint) -> dict[str, Party]:
    return {party.role: party for party in complaint.parties.all()}

"""What happens to people, as the journal tells it."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Event, Retention, Subject, event


@event("people.began", sentence=_("Began as the first person"), retention=Retention.SECURITY)
class Began(Event):
    person: Subject


@event("people.invited", sentence=_("Invited to work here"), retention=Retention.SECURITY)
class Invited(Event):
    person: Subject
    invitation: int


@event("people.joined", sentence=_("Accepted the invitation"), retention=Retention.SECURITY)
class Joined(Event):
    person: Subject


@event("people.new_password_asked", sentence=_("A link for a new password was asked for"), retention=Retention.SECURITY)
class NewPasswordAsked(Event):
    person: Subject
    invitation: int


@event("people.password_chosen", sentence=_("New password chosen"), retention=Retention.SECURITY)
class PasswordChosen(Event):
    """`way` is `link` for one that was sent by mail, `old_password` for who knew the one before."""

    person: Subject
    way: str


@event("people.changed", sentence=_("Name, language or manager changed"), retention=Retention.SECURITY)
class PersonChanged(Event):
    person: Subject
    manager: Subject | None


@event("people.role_granted", sentence=_("Role %(role)s granted"), retention=Retention.SECURITY)
class RoleGranted(Event):
    person: Subject
    role: str
    unit: Subject


@event("people.role_ended", sentence=_("Role %(role)s ended"), retention=Retention.SECURITY)
class RoleEnded(Event):
    person: Subject
    role: str
    unit: Subject


@event("people.delegated", sentence=_("Role %(role)s lent to somebody else"), retention=Retention.SECURITY)
class Delegated(Event):
    person: Subject
    holder: Subject
    role: str
    unit: Subject
    starts_at: datetime
    ends_at: datetime


@event("people.delegation_ended", sentence=_("Lending of role %(role)s ended"), retention=Retention.SECURITY)
class DelegationEnded(Event):
    person: Subject
    holder: Subject
    role: str


@event("people.absence_recorded", sentence=_("Away from %(starts_on)s to %(ends_on)s"), retention=Retention.SECURITY)
class AbsenceRecorded(Event):
    person: Subject
    starts_on: date
    ends_on: date
    substitute: Subject | None


@event("people.absence_cancelled", sentence=_("Absence cancelled"), retention=Retention.SECURITY)
class AbsenceCancelled(Event):
    person: Subject
    starts_on: date
    ends_on: date


@event("people.training_recorded", sentence=_("A training was recorded"), retention=Retention.SECURITY)
class TrainingRecorded(Event):
    person: Subject
    completed_on: date
    valid_to: date | None


@event("people.end_reminded", sentence=_("Reminder: something that is held ends soon"), retention=Retention.SECURITY)
class EndReminded(Event):
    """`what` is `loan` for a role that was lent, `training` for a course."""

    person: Subject
    what: str
    key: int
    ends_at: datetime


@event("people.left", sentence=_("Left the organisation"), retention=Retention.SECURITY)
class Left(Event):
    person: Subject
    successor: Subject | None
    handed_over: int


@event("people.second_factor_reset", sentence=_("Second factor removed after %(check)s"), retention=Retention.SECURITY)
class SecondFactorReset(Event):
    person: Subject
    check: str
    removed: int


@event("people.signed_in", sentence=_("Signed in"), retention=Retention.SECURITY)
class SignedIn(Event):
    person: Subject


@event("people.sign_in_failed", sentence=_("A sign-in failed"), retention=Retention.SECURITY)
class SignInFailed(Event):
    person: Subject


@event("people.signed_out", sentence=_("Signed out"), retention=Retention.SECURITY)
class SignedOut(Event):
    person: Subject


@event("people.unit_added", sentence=_("Unit added"), retention=Retention.SECURITY)
class UnitAdded(Event):
    unit: Subject
    parent: Subject | None


@event("people.unit_changed", sentence=_("Unit renamed or moved"), retention=Retention.SECURITY)
class UnitChanged(Event):
    unit: Subject
    parent: Subject | None


@event("people.unit_closed", sentence=_("Unit closed"), retention=Retention.SECURITY)
class UnitClosed(Event):
    unit: Subject
    successor: Subject

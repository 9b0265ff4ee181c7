"""Who may set up people and units."""

from enum import StrEnum

from amends.people.models import Absence, Delegation, Person, RoleGrant, Unit
from amends.permissions import engine
from amends.permissions.engine import holds_anywhere
from amends.permissions.roles import Role


class May(StrEnum):
    """Acts on people and units."""

    BEGIN = "people.begin"
    WORK_HERE = "people.work_here"
    SEE_PEOPLE = "people.see"
    MANAGE_PEOPLE = "people.manage"
    GRANT_ROLES = "people.grant_roles"
    MANAGE_UNITS = "people.manage_units"
    RECORD_ABSENCE = "people.record_absence"
    DELEGATE = "people.delegate"
    RECORD_TRAINING = "people.record_training"
    KEEP_TIME = "people.keep_time"


def is_staff(person: engine.Person, subject: object) -> bool:
    """Anybody who is signed in as a member of staff, with a role or without."""
    return person.actor_kind == "person"


def is_system(person: engine.Person, subject: object) -> bool:
    """The installation itself."""
    return person.actor_kind == "system"


def is_about_themselves(person: engine.Person, subject: object) -> bool:
    """Their own absence, or a role of their own that they lend."""
    if subject is None:
        return person.actor_kind == "person"
    if isinstance(subject, Person):
        return person.actor_kind == "person" and subject.pk == person.actor_key
    if isinstance(subject, Absence):
        return person.actor_kind == "person" and subject.person_id == person.actor_key
    return isinstance(subject, Delegation) and person.actor_kind == "person" and subject.lender_id == person.actor_key


def administers_unit(person: engine.Person, subject: object) -> bool:
    """Administrator of the unit, or of one above it."""
    return person.holds(Role.ADMINISTRATOR, subject.pk if isinstance(subject, Unit) else None)


def administers_all_their_units(person: engine.Person, subject: object) -> bool:
    """Administrator of every unit for which somebody holds a role; without a person, of any unit.

    Whoever administers one department must not send away those above it, take their second factor, or lend their
    roles to somebody.
    """
    if isinstance(subject, Delegation):
        subject = subject.lender
    if not isinstance(subject, Person):
        return person.holds(Role.ADMINISTRATOR)
    units = RoleGrant.objects.filter(person=subject, ends_at__isnull=True).values_list("unit_id", flat=True)
    return person.holds(Role.ADMINISTRATOR) and all(person.holds(Role.ADMINISTRATOR, unit) for unit in units)


RULES: dict[May, engine.Alternatives] = {
    May.BEGIN: [[is_system]],
    May.WORK_HERE: [[is_staff]],
    May.SEE_PEOPLE: [
        [holds_anywhere(Role.ADMINISTRATOR)],
        [holds_anywhere(Role.MANAGEMENT_REPRESENTATIVE)],
        [holds_anywhere(Role.TOP_MANAGEMENT)],
        [holds_anywhere(Role.AUDITOR)],
        [holds_anywhere(Role.DATA_PROTECTION)],
    ],
    May.MANAGE_PEOPLE: [[administers_all_their_units], [is_system]],
    May.GRANT_ROLES: [[administers_unit], [is_system]],
    May.MANAGE_UNITS: [[administers_unit], [is_system]],
    May.RECORD_ABSENCE: [
        [is_about_themselves],
        [holds_anywhere(Role.ADMINISTRATOR)],
        [holds_anywhere(Role.MANAGEMENT_REPRESENTATIVE)],
        [is_system],
    ],
    May.RECORD_TRAINING: [
        [administers_all_their_units],
        [holds_anywhere(Role.MANAGEMENT_REPRESENTATIVE)],
        [is_system],
    ],
    # The clock, and nobody else, notes that something ends soon.
    May.KEEP_TIME: [[is_system]],
    May.DELEGATE: [[is_about_themselves], [administers_all_their_units], [is_system]],
}

engine.register(RULES)

"""How somebody stands to a complaint: the conditions that the rules in `permissions` are made of."""

from collections.abc import Callable

from amends.complaints.actors import Complainant, Visitor
from amends.complaints.models import Complaint, InvestigationTask, Party, Wall
from amends.people.standing import Staff
from amends.permissions import engine
from amends.permissions.roles import Role

READERS = (
    Role.HANDLER,
    Role.DECISION_MAKER,
    Role.UNIT_MANAGER,
    Role.MANAGEMENT_REPRESENTATIVE,
    Role.TOP_MANAGEMENT,
    Role.AUDITOR,
    Role.DATA_PROTECTION,
)


#: Whoever holds one of these for a unit works there, and answers what the unit is asked.
OF_A_UNIT = (Role.FRONT_LINE, Role.HANDLER, Role.DECISION_MAKER, Role.UNIT_MANAGER)


#: Who may know who complains, within their units.
NAMERS = (
    Role.HANDLER,
    Role.DECISION_MAKER,
    Role.UNIT_MANAGER,
    Role.MANAGEMENT_REPRESENTATIVE,
    Role.DATA_PROTECTION,
)


#: Who may know the name behind a shield.
KEEPERS_OF_SHIELDS = (Role.DATA_PROTECTION, Role.MANAGEMENT_REPRESENTATIVE)


OVERSEERS = (Role.UNIT_MANAGER, Role.MANAGEMENT_REPRESENTATIVE, Role.TOP_MANAGEMENT, Role.AUDITOR)
HANDLERS = (Role.HANDLER, Role.UNIT_MANAGER, Role.MANAGEMENT_REPRESENTATIVE)

#: Those who look after who looked at what.
WATCHERS = (Role.AUDITOR, Role.MANAGEMENT_REPRESENTATIVE, Role.DATA_PROTECTION)


def _units_of(complaint: Complaint) -> list[int]:
    return [complaint.lead_unit_id, *(unit.pk for unit in complaint.participating_units.all())]


def holds_in_its_unit(*roles: Role) -> Callable[[engine.Person, object], bool]:
    """A condition: one of the roles is held for the lead unit or a participating unit."""

    def condition(person: engine.Person, subject: object) -> bool:
        if subject is None:
            return any(person.holds(role) for role in roles)
        if not isinstance(subject, Complaint):
            return False
        if isinstance(person, Staff) and person.loans:
            person = person.without([wall.person_id for wall in subject.walls.all()])
        if any(person.holds(role, subject.lead_unit_id) for role in roles):
            return True
        return any(person.holds(role) for role in roles) and any(
            person.holds(role, unit) for unit in _units_of(subject)[1:] for role in roles
        )

    condition.__name__ = "is_" + "_or_".join(role.value for role in roles) + "_of_its_unit"
    return condition


def is_its_handler(person: engine.Person, subject: object) -> bool:
    """The member of staff it is assigned to."""
    return person.actor_kind == "person" and isinstance(subject, Complaint) and subject.handler_id == person.actor_key


def recorded_it(person: engine.Person, subject: object) -> bool:
    """The member of staff who wrote it down; whoever only passed it on hears no more of it."""
    if person.actor_kind != "person" or not isinstance(subject, Complaint) or subject.internal_report:
        return False
    return subject.recorded_by_id == person.actor_key


def is_not_walled_off(person: engine.Person, subject: object) -> bool:
    """Neither complained about, nor their direct manager, nor one of their reports, nor in a declared conflict."""
    if not isinstance(subject, Complaint) or person.actor_kind != "person":
        return True
    return all(wall.person_id != person.actor_key for wall in subject.walls.all())


def was_asked(person: engine.Person, subject: object) -> bool:
    """Asked by name, or working for the unit that was asked, and not walled off from the complaint.

    Of a complaint alone nothing is known but the wall: any member of staff may have been asked, and the verb looks.
    """
    if person.actor_kind != "person":
        return False
    if not isinstance(subject, InvestigationTask):
        return is_not_walled_off(person, subject)
    if not is_not_walled_off(person, subject.complaint):
        return False
    if subject.asked_unit_id is None:
        return subject.asked_person_id == person.actor_key
    if isinstance(person, Staff) and person.loans:
        person = person.without([wall.person_id for wall in subject.complaint.walls.all()])
    return any(person.holds(role, subject.asked_unit_id) for role in OF_A_UNIT)


def is_complained_about(person: engine.Person, subject: object) -> bool:
    """The member of staff whom the complaint is about; the wall before them says so and is never taken down."""
    if person.actor_kind != "person":
        return False
    if isinstance(subject, Party):
        return subject.role == Party.Role.SUBJECT and subject.person_id == person.actor_key
    if isinstance(subject, Complaint):
        return any(wall.person_id == person.actor_key and wall.why == Wall.Why.SUBJECT for wall in subject.walls.all())
    return subject is None


def is_its_complainant(person: engine.Person, subject: object) -> bool:
    """The person who complained, shown to be so by the access code."""
    if not isinstance(person, Complainant):
        return False
    return subject is None or (isinstance(subject, Complaint) and subject.pk == person.complaint_id)


def is_not_shielded(person: engine.Person, subject: object) -> bool:
    """The name of the complainant is not kept from those who handle it."""
    return not isinstance(subject, Complaint) or not subject.is_shielded


def is_visitor(person: engine.Person, subject: object) -> bool:
    """Anybody on the public pages."""
    return isinstance(person, Visitor)


def is_asked_to_take_over(person: engine.Person, subject: object) -> bool:
    """It was handed over to them, or to a unit for which they handle complaints, and waits for an answer."""
    if person.actor_kind != "person":
        return False
    if not isinstance(subject, Complaint):
        return subject is None and any(person.holds(role) for role in HANDLERS)
    for offered in subject.hand_overs.all():
        if not offered.is_open:
            continue
        if offered.to_person_id is not None:
            return offered.to_person_id == person.actor_key
        return any(person.holds(role, offered.to_unit_id) for role in HANDLERS)
    return False


reads_in_its_unit = holds_in_its_unit(*READERS)
handles_in_its_unit = holds_in_its_unit(Role.HANDLER, Role.UNIT_MANAGER, Role.MANAGEMENT_REPRESENTATIVE)
leads_in_its_unit = holds_in_its_unit(Role.UNIT_MANAGER, Role.MANAGEMENT_REPRESENTATIVE)
decides_in_its_unit = holds_in_its_unit(Role.DECISION_MAKER, Role.MANAGEMENT_REPRESENTATIVE)
receives_complaints = holds_in_its_unit(
    Role.FRONT_LINE, Role.HANDLER, Role.UNIT_MANAGER, Role.MANAGEMENT_REPRESENTATIVE
)
answers_for_its_unit = holds_in_its_unit(Role.TOP_MANAGEMENT, Role.MANAGEMENT_REPRESENTATIVE, Role.UNIT_MANAGER)
oversees_its_unit = holds_in_its_unit(*OVERSEERS)
audits_its_unit = holds_in_its_unit(Role.AUDITOR)
watches_over_data = holds_in_its_unit(Role.DATA_PROTECTION)
watches_reading = holds_in_its_unit(*WATCHERS)
oversees = holds_in_its_unit(
    Role.UNIT_MANAGER,
    Role.MANAGEMENT_REPRESENTATIVE,
    Role.TOP_MANAGEMENT,
    Role.AUDITOR,
    Role.DATA_PROTECTION,
)
names_in_its_unit = holds_in_its_unit(*NAMERS)
represents_management = holds_in_its_unit(Role.MANAGEMENT_REPRESENTATIVE)

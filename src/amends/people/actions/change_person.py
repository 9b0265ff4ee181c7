"""Changing what is known of a member of staff."""

from datetime import datetime

from django.db import transaction

from amends.journal.recording import record
from amends.people import events
from amends.people.models import Person
from amends.people.particulars import checked_language, checked_manager, checked_name
from amends.people.permissions import May
from amends.permissions import engine


@transaction.atomic
def change_person(
    person: Person, *, name: str, language: str, manager: Person | None, by: engine.Person, at: datetime
) -> None:
    """Correct name, language or direct manager (who is walled off together with the person)."""
    engine.require(by, May.MANAGE_PEOPLE, person)
    name, language = checked_name(name), checked_language(language)
    manager = checked_manager(manager, of=person)
    before = {"name": person.name, "language": person.language}
    person.name, person.language, person.manager = name, language, manager
    person.save(update_fields=["name", "language", "manager"])
    record(
        events.PersonChanged(person=person.subject, manager=manager.subject if manager else None),
        by=by,
        at=at,
        payload={"before": before, "after": {"name": name, "language": language}},
    )

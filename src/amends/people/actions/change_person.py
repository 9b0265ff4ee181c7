"""Changing what is known of a member of staff."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people import events
from amends.people.models import Person
from amends.people.particulars import checked_language, checked_manager, checked_name
from amends.people.permissions import May
from amends.permissions import engine


@transaction.atomic
def change_person(
    person: Person,
    *,
    name: str,
    language: str,
    manager: Person | None,
    by: engine.Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Correct name, language or direct manager (who is walled off together with the person).

    `seen` is the version that was on the page; refuses with `stale` when there is a newer one.
    """
    engine.require(by, May.MANAGE_PEOPLE, person)
    name, language = checked_name(name), checked_language(language)
    manager = checked_manager(manager, of=person)
    before = {"name": person.name, "language": person.language}
    rows = Person.objects.filter(pk=person.pk, version=person.version if seen is None else seen)
    if rows.update(name=name, language=language, manager=manager, version=F("version") + 1) != 1:
        raise Refusal("stale", _("Somebody else has changed this person meanwhile. Compare both and save again."))
    person.refresh_from_db(fields=["name", "language", "manager", "version"])
    record(
        events.PersonChanged(person=person.subject, manager=manager.subject if manager else None),
        by=by,
        at=at,
        payload={"before": before, "after": {"name": name, "language": language}},
    )

"""Helping somebody who lost the second factor."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people import events
from amends.people.models import Person
from amends.people.permissions import May
from amends.permissions import engine

#: How the administrator made sure that it is really this person.
CHECKS = {
    "in_person": _("seeing them in person"),
    "known_voice": _("calling them back on a known number"),
    "manager": _("asking their manager"),
}
#: Whoever may run commands on the host may do everything anyway: `amends rescue`.
ON_HOST = "on_host"


@transaction.atomic
def reset_second_factor(person: Person, *, check: str, by: engine.Person, at: datetime) -> int:
    """Remove all second factors after an identity check; the password stays. Returns how many were removed."""
    engine.require(by, May.MANAGE_PEOPLE, person)
    if check not in CHECKS and not (check == ON_HOST and by.actor_kind == "system"):
        raise Refusal("check_needed", _("Say how you made sure who is asking."), field="check")
    if (by.actor_kind, by.actor_key) == ("person", person.pk):
        raise Refusal("not_oneself", _("Somebody else has to do this for you."))
    removed = int(Authenticator.objects.filter(user=person).delete()[0])
    if not removed:
        raise Refusal("no_second_factor", _("This person has no second factor."))
    record(events.SecondFactorReset(person=person.subject, check=check, removed=removed), by=by, at=at)
    return removed

"""The complainant says how we reach them from now on (ISO 10002, 7.2 and 4.10)."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.acting import demand_permission
from amends.complaints.actors import Complainant
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, ContactChange, Party
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine

_NEEDED = {
    Party.ContactBy.EMAIL: ("email", _("Enter an e-mail address, or choose another way.")),
    Party.ContactBy.PHONE: ("phone", _("Enter a telephone number, or choose another way.")),
    Party.ContactBy.POST: ("address", _("Enter a postal address, or choose another way.")),
}
_LONGEST = {"email": 254, "phone": 40, "address": 300}


@dataclass(frozen=True)
class Ways:
    """How somebody wants to be reached. What is empty stays as it was."""

    contact_by: str
    email: str = ""
    phone: str = ""
    address: str = ""


@transaction.atomic
def change_contact(
    complaint: Complaint, ways: Ways, *, by: engine.Person, at: datetime, seen: int | None = None
) -> ContactChange:
    """Write down the new ways of the person who follows the complaint. The old ones are kept beside, and shown nowhere.

    Refusals: `anonymous`, `email_needed`, `phone_needed`, `address_needed`, `unchanged`.
    """
    demand_permission(by, complaint, at)
    lifecycle.take(Verb.CHANGE_CONTACT, complaint, by=by, at=at, seen=seen)
    if complaint.is_anonymous or not isinstance(by, Complainant):
        raise Refusal("anonymous", _("You stay anonymous: we answer on this page only."))
    party = Party.objects.select_for_update().get(pk=by.party_id, complaint=complaint)
    given = {name: clean_line(getattr(ways, name))[:longest] for name, longest in _LONGEST.items()}
    new = {name: value or getattr(party, name) for name, value in given.items()}
    new["contact_by"] = Party.ContactBy(ways.contact_by).value
    _check(new)
    changed = tuple(name for name in (*_LONGEST, "contact_by") if new[name] != getattr(party, name))
    if not changed:
        raise Refusal("unchanged", _("Nothing has changed. Change something before you save."))
    number = ContactChange.objects.filter(complaint=complaint).count() + 1
    change = ContactChange.objects.create(
        complaint=complaint,
        party=party,
        number=number,
        email_before=party.email,
        phone_before=party.phone,
        address_before=party.address,
        contact_by_before=party.contact_by,
        at=at,
    )
    Party.objects.filter(pk=party.pk).update(**new)
    record(
        events.ContactChanged(
            complaint=complaint.subject, number=number, changed=changed, contact_by=new["contact_by"]
        ),
        by=by,
        at=at,
        payload={name: new[name] for name in changed if name != "contact_by"} or None,
    )
    return change


def _check(new: dict[str, str]) -> None:
    name, sentence = _NEEDED.get(Party.ContactBy(new["contact_by"]), ("", ""))
    if name and not new[name]:
        raise Refusal(f"{name}_needed", sentence, field=name)
    if new["email"]:
        try:
            validate_email(new["email"])
        except ValidationError as error:
            sentence = _("Enter an e-mail address, like name@example.com.")
            raise Refusal("email_needed", sentence, field="email") from error

"""What the journal says about the people of a complaint, in words: permissions, contacts, needs, shields."""

from datetime import date

from django.utils.translation import gettext as _

from amends.complaints.models import ActingAuthority, ContactPoint, Need, Party
from amends.ui import formatting
from amends.workspace.complaint.names import Names
from amends.workspace.complaint.wording import Facts, Line, Words, label


def authority_recorded(facts: Facts, names: Names) -> Line:
    """Until when it holds, and who gets the letters."""
    details: list[Words] = [label(Party.LettersTo, facts.get("letters_to"))]
    if facts.get("valid_until"):
        day = formatting.day(date.fromisoformat(str(facts["valid_until"])))
        details.insert(0, _("valid until %(day)s") % {"day": day})
    return Line(details, icon="people", look="ok")


def authority_ended(facts: Facts, names: Names) -> Line:
    """Why."""
    return Line([label(ActingAuthority.End, facts.get("reason"))], icon="people")


def contact_linked(facts: Facts, names: Names) -> Line:
    """Whose part."""
    return Line([label(Party.Role, facts.get("role"))], icon="people")


def contact_corrected(facts: Facts, names: Names) -> Line:
    """What kind of address it was."""
    return Line([label(ContactPoint.Kind, facts.get("kind"))], icon="people")


def contacts_joined(facts: Facts, names: Names) -> Line:
    """It stands with the two contacts, in no complaint."""
    return Line(icon="people")


def need_recorded(facts: Facts, names: Names) -> Line:
    """On what ground. The words themselves stand on a page of their own."""
    return Line([label(Need.Basis, facts.get("basis"))], icon="person", look="ok")


def adjustment_given(facts: Facts, names: Names) -> Line:
    """That it was done."""
    return Line(icon="check", look="ok")


def contact_changed(facts: Facts, names: Names) -> Line:
    """How they want to be reached now; the ways themselves are shown on request only."""
    return Line([label(Party.ContactBy, facts.get("contact_by"))], icon="people")


def consent_withdrawn(facts: Facts, names: Names) -> Line:
    """That it is gone."""
    return Line(icon="stop")


def shielded(facts: Facts, names: Names) -> Line:
    """Under which name they appear."""
    sign = facts.get("pseudonym")
    return Line([_("Complainant %(sign)s") % {"sign": sign} if sign else ""], icon="shield")


def detriment_reported(facts: Facts, names: Names) -> Line:
    """Seen by those only who keep the process honest."""
    return Line(icon="alert", look="danger")


WORDED = {
    "complaints.contact_linked": contact_linked,
    "complaints.contact_unlinked": contact_linked,
    "complaints.contact_changed": contact_changed,
    "complaints.contact_corrected": contact_corrected,
    "complaints.contacts_merged": contacts_joined,
    "complaints.contacts_parted": contacts_joined,
    "complaints.need_recorded": need_recorded,
    "complaints.adjustment_given": adjustment_given,
    "complaints.consent_withdrawn": consent_withdrawn,
    "complaints.shielded": shielded,
    "complaints.unshielded": shielded,
    "complaints.detriment_reported": detriment_reported,
    "complaints.authority_recorded": authority_recorded,
    "complaints.authority_ended": authority_ended,
}

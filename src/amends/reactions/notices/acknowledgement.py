"""Receipt confirmed by e-mail, at once (ISO 10002, 7.4)."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.actions import acknowledge
from amends.complaints.automatic_letters import understood, what_comes_next
from amends.complaints.letter_blocks import statements
from amends.complaints.models import Acknowledgement, Complaint
from amends.complaints.models.complaint import Origin
from amends.correspondence.models import Delivery
from amends.correspondence.models.message import Channel
from amends.framework.models import Organisation
from amends.framework.rules.vocabulary import LetterKind
from amends.framework.which_packs import rules_of
from amends.journal.models import Entry
from amends.journal.receipts import receipt_of
from amends.kit import clock
from amends.kit.locales import long_day
from amends.people.standing import SYSTEM
from amends.reactions.held_back import or_held_back
from amends.reactions.notices.incoming import must_hold_back
from amends.reactions.notices.mailing import Notice, complaint_of, says_all, to_complainant, whoever_wrote

ACKNOWLEDGEMENT = Notice.of("acknowledgement")

#: With which code they come in: what is true for the way that it came.
_SHOWN = gettext_lazy(
    "For that you need the reference and the access code, which was shown when you sent the complaint. If you do not "
    "have it any more, you get a new one there by mail, with your reference and this e-mail address."
)
_ANSWER = gettext_lazy(
    "You can answer this mail: what you write is added to your complaint. You have no access code yet: at the "
    "address above you get one by mail, with your reference and this e-mail address."
)
_TOLD = gettext_lazy(
    "For that you need the reference and the access code, which you were told when we wrote the complaint down. If you "
    "do not have it, you get a new one there by mail, with your reference and this e-mail address."
)
_NONE_YET = gettext_lazy(
    "For that you need an access code. You have none yet: you get one there by mail, with your reference and this "
    "e-mail address. You can also call or write to us as before."
)
_SAID = frozenset({Channel.PHONE.value, Channel.IN_PERSON.value})


def acknowledgement(entry: Entry) -> None:
    """Confirm receipt by e-mail and note that it was confirmed."""
    complaint = complaint_of(entry)
    if complaint is None or complaint.origin == Origin.IMPORT:
        return
    if must_hold_back(entry, complaint, whoever_wrote(complaint, clock.now())):
        return
    delivery = None
    with or_held_back(entry, complaint, LetterKind.ACKNOWLEDGEMENT):
        delivery = to_complainant(
            entry, ACKNOWLEDGEMENT, complaint, lambda known: _values(entry, complaint, known), to=whoever_wrote
        )
    if delivery is not None and delivery.state == Delivery.State.SENT and not complaint.is_ended:
        acknowledge(complaint, how=Acknowledgement.How.EMAIL, by=SYSTEM, at=clock.now())


def way_in(complaint: Complaint) -> Promise:
    """Who sent the form saw a code, who called was told one; who wrote by mail or letter has none."""
    if complaint.origin == Origin.PORTAL:
        return _SHOWN
    if complaint.origin == Origin.MAIL:
        return _ANSWER
    return _TOLD if complaint.channel in _SAID else _NONE_YET


def _values(entry: Entry, complaint: Complaint, organisation: Organisation) -> dict[str, str]:
    receipt = receipt_of(entry)
    coming = what_comes_next(complaint, organisation, clock.now())
    party = whoever_wrote(complaint, clock.now())
    is_whole = party is not None and says_all(complaint, party)
    if is_whole:
        coming = f"{understood(complaint)}\n\n{coming}"
    return {
        "privacy": "" if is_whole else _("Our mails never say what your complaint is about."),
        "received": long_day(complaint.received_at.astimezone(organisation.zone), complaint.language),
        "way_in": str(way_in(complaint)),
        "next": coming,
        "statements": statements(rules_of(complaint.pack), LetterKind.ACKNOWLEDGEMENT, complaint.language),
        "proof": _("Proof of receipt: %(leaf)s") % {"leaf": receipt.leaf},
    }

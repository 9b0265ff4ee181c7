"""Passing something of a complaint on to somebody outside: what, to whom, on what ground (ISO 10002, 4.10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Deadline, Evidence, OutsideDisclosure, Referral
from amends.complaints.outside import check_past, next_number
from amends.complaints.permissions import May
from amends.correspondence.models import Message
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine

What, Ground = OutsideDisclosure.What, OutsideDisclosure.Ground

#: What we make ourselves, and so can make without a name.
MADE = frozenset({What.FILE, What.SHEET})
#: On these grounds alone a shielded name may leave the house.
OPENS_SHIELD = frozenset({Ground.CONSENT, Ground.LAW})


@dataclass(frozen=True)
class Passed:
    """What goes out. `document` are the bytes of what we made; `message` and `evidence` belong to the complaint."""

    what: OutsideDisclosure.What
    document: bytes = b""
    message: Message | None = None
    evidence: Sequence[Evidence] = ()
    described: str = ""

    def digest(self) -> str:
        """By which it can be known again; empty where there is nothing to count from."""
        if self.what in MADE:
            return sha256(self.document).hexdigest()
        if self.message is not None:
            return sha256(self.message.text.encode()).hexdigest()
        hashes = [piece.sha256 for piece in sorted(self.evidence, key=lambda each: each.number) if piece.sha256]
        return sha256("\n".join(hashes).encode()).hexdigest() if hashes else ""


@dataclass(frozen=True)
class Basis:
    """Why it may go out: the ground, and where that can be seen (the law, the consent and its day, the contract)."""

    ground: OutsideDisclosure.Ground
    text: str


@transaction.atomic
def disclose(
    complaint: Complaint,
    passed: Passed,
    *,
    to: Referral | str,
    basis: Basis,
    names_complainant: bool,
    given_on: date,
    by: engine.Person,
    at: datetime,
) -> OutsideDisclosure:
    """Write it into the register of disclosures. The complete file to an outside body meets the day they set for it.

    Refusals: `recipient_needed`, `ground_needed`, `nothing_chosen`, `in_future`, and what keeps a name inside:
    `anonymous`, `name_unknown`, `shielded`.
    """
    recipient = clean_line(to.called if isinstance(to, Referral) else to)[:200]
    ground_text, described = clean_line(basis.text)[:500], clean_line(passed.described)[:300]
    if not recipient:
        raise Refusal("recipient_needed", _("Enter to whom it goes."), field="recipient")
    if not ground_text:
        sentence = _("Say where the ground can be seen: which law, which consent and when, which contract.")
        raise Refusal("ground_needed", sentence, field="ground_text")
    check_past(given_on, at, "given_on")
    _check_chosen(complaint, passed, described)
    lifecycle.take(Verb.DISCLOSE, complaint, by=by, at=at)
    check_name(complaint, passed.what, basis.ground, names_complainant=names_complainant, by=by)
    deadlines.hold(complaint)  # so that two at once get different numbers
    disclosure = OutsideDisclosure.objects.create(
        complaint=complaint,
        number=next_number(OutsideDisclosure, complaint),
        referral=to if isinstance(to, Referral) else None,
        recipient=recipient,
        what=passed.what,
        what_text=described,
        message=passed.message,
        ground=basis.ground,
        ground_text=ground_text,
        names_complainant=names_complainant,
        digest=passed.digest(),
        given_on=given_on,
        person_id=staff_id_of(by),
        at=at,
    )
    disclosure.evidence.set(passed.evidence)
    if isinstance(to, Referral) and passed.what == What.FILE:
        _file_is_sent(complaint, to, given_on, at)
    record(
        events.Disclosed(
            complaint=complaint.subject,
            number=disclosure.number,
            what=passed.what.value,
            ground=basis.ground.value,
            names_complainant=names_complainant,
            digest=disclosure.digest,
            pieces=len(passed.evidence),
            to_outside_body=isinstance(to, Referral),
        ),
        by=by,
        at=at,
        payload={"recipient": recipient, "ground": ground_text, **({"what": described} if described else {})},
    )
    return disclosure


def check_name(
    complaint: Complaint,
    what: OutsideDisclosure.What,
    ground: OutsideDisclosure.Ground,
    *,
    names_complainant: bool,
    by: engine.Person,
) -> None:
    """Refuse where the name of the complainant would go out, and must not.

    Behind a shield it goes out only with consent or by law, by those who keep the shield. What others wrote may hold
    the name in any line: of a shielded complaint it counts as naming.
    """
    if complaint.is_shielded and what not in MADE and not names_complainant:
        sentence = _("The complainant is shielded, and nobody can promise that the name is not in it. Say that it is.")
        raise Refusal("shielded", sentence, field="names_complainant")
    if not names_complainant:
        return
    if complaint.is_anonymous:
        raise Refusal("anonymous", _("Nobody knows who complains here."), field="names_complainant")
    if not engine.may(by, May.SEE_IDENTITY, complaint):
        sentence = _("You may not know the name yourself. Pass it on without the name, or ask those who may.")
        raise Refusal("name_unknown", sentence, field="names_complainant")
    if complaint.is_shielded and ground not in OPENS_SHIELD:
        sentence = _("The complainant is shielded. Their name goes out only if they agree, or if the law requires it.")
        raise Refusal("shielded", sentence, field="ground")


def _check_chosen(complaint: Complaint, passed: Passed, described: str) -> None:
    if passed.what == What.LETTER and passed.message is None:
        raise Refusal("nothing_chosen", _("Choose the letter."), field="message")
    if passed.what == What.EVIDENCE and not passed.evidence:
        raise Refusal("nothing_chosen", _("Choose at least one piece of evidence."), field="evidence")
    if passed.what == What.OTHER and not described:
        raise Refusal("nothing_chosen", _("Say what is passed on."), field="what_text")
    if passed.what in MADE and not passed.document:
        raise Refusal("nothing_chosen", _("There is nothing to pass on."))
    is_ours = passed.message is None or passed.message.thread_id == complaint.thread_id
    if not is_ours or any(piece.complaint_id != complaint.pk for piece in passed.evidence):
        raise Refusal("nothing_chosen", _("This does not belong to the complaint."))


def _file_is_sent(complaint: Complaint, referral: Referral, day: date, at: datetime) -> None:
    Referral.objects.filter(pk=referral.pk).update(file_sent_on=day)
    referral.file_sent_on = day
    deadlines.meet(complaint, Deadline.Kind.FILE, at, number=referral.number)
    deadlines.keep_strictest(complaint)

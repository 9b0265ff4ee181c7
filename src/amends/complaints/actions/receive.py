"""Recording a complaint on first report, with everything that came with it (ISO 10002, 7.2)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events
from amends.complaints.actors import complainant_of, person_id_of
from amends.complaints.intake import LONGEST_TEXT, Contact, Intake
from amends.complaints.models import CaseText, Complaint, Issue, OwnAnswer, Party
from amends.complaints.models.complaint import MailDetail, Origin
from amends.complaints.permissions import May
from amends.correspondence.models import Message, Thread
from amends.correspondence.models.message import Channel
from amends.correspondence.writing import add_message, checked_text
from amends.framework.mail_rules import mails_now
from amends.framework.queries import the_organisation
from amends.framework.routing import rule_fitting
from amends.framework.which_packs import packs_for
from amends.journal.recording import record
from amends.kit.clock import to_the_minute
from amends.kit.failpoints import failpoint
from amends.kit.ids import access_code_from, keyed_hash, new_reference, read_access_code
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line, fold, shortened
from amends.people.models import Unit
from amends.permissions import engine

SAME_TEXT_WITHIN = timedelta(days=90)
TITLE_LENGTH = 90
_TRIES = 5


@dataclass(frozen=True)
class Receipt:
    """What the complainant takes home. `is_new` is false when the same sending had arrived before."""

    complaint: Complaint
    access_code: str
    is_new: bool


def receive(intake: Intake, *, token: str, by: engine.Person, at: datetime) -> Receipt:
    """Record a complaint and issue its reference; both are durable when this returns outside a transaction.

    The same `token` with the same content gives the same complaint again; with other content it is refused
    (`token_reused`). The same text under another token is a new complaint, marked as a possible duplicate.
    """
    engine.require(by, May.REPORT if intake.internal_report else May.COMPLAIN)
    token_hash = keyed_hash(token, settings.AMENDS_TRACKING_KEY, "form token")
    code = access_code_from(token, settings.AMENDS_TRACKING_KEY)
    for _attempt in range(_TRIES):
        known = Complaint.objects.filter(form_token_hash=token_hash).first()
        if known is not None:
            return _repeated(known, intake, code)
        try:
            complaint = _record(intake, token_hash, code, by=by, at=at)
        except IntegrityError:
            continue  # the same sending arrived at the same moment, or a reference was drawn twice: look again
        failpoint("after_receipt_commit")
        return Receipt(complaint, code, is_new=True)
    raise Refusal("busy", _("We could not save the complaint just now. Nothing is lost: please send it again."))


def _repeated(known: Complaint, intake: Intake, code: str) -> Receipt:
    if known.form_digest != intake.content_digest():
        raise Refusal(
            "token_reused",
            _("This form was sent already with other content. Start a new complaint for what you want to add."),
            facts={"reference": known.reference},
        )
    return Receipt(known, code, is_new=False)


@transaction.atomic
def _record(intake: Intake, token_hash: str, code: str, *, by: engine.Person, at: datetime) -> Complaint:
    organisation = the_organisation()
    text = checked_text(intake.text, longest=LONGEST_TEXT)
    at = to_the_minute(at) if intake.is_anonymous else at
    received_at = _checked_receipt(intake, at)
    packs = packs_for(
        product=intake.product,
        site=clean_line(intake.site)[:120],
        complainant_kind=intake.complainant.kind,
        at=received_at,
    )
    text_digest = hashlib.sha256(fold(text).encode()).hexdigest()
    wrote_by_mail = intake.is_own_mail or _origin(intake, by) == Origin.MAIL
    complaint = Complaint.objects.create(
        reference=new_reference(organisation.reference_prefix, received_at.astimezone(organisation.zone).year),
        kind=intake.kind,
        origin=_origin(intake, by),
        channel=intake.channel,
        language=intake.language,
        received_at=received_at,
        received_precision=intake.received_precision,
        recorded_at=at,
        recorded_by_id=person_id_of(by),
        stage_since=received_at,
        title=clean_line(intake.title)[:160] or shortened(text, TITLE_LENGTH),
        product=intake.product,
        lead_unit=_lead_unit(intake),
        thread=Thread.objects.create(),
        pack=packs.main,
        said_danger=intake.said_danger,
        is_safety=intake.said_danger,
        is_anonymous=intake.is_anonymous,
        mail_detail=MailDetail(mails_now().by_mail) if wrote_by_mail else MailDetail.NOTICE,
        occurred_on=intake.occurred_on,
        occurred_until=intake.occurred_until,
        occurred_text=clean_line(intake.occurred_text)[:120],
        order_reference=clean_line(intake.order_reference)[:80],
        site=clean_line(intake.site)[:120],
        remedy_wanted=list(intake.remedy_wanted),
        remedy_wanted_text=intake.remedy_wanted_text[:2000],
        amount_claimed=intake.amount_claimed,
        currency=intake.currency if intake.amount_claimed is not None else "",
        access_code_hash=hash_of_access_code(code),
        form_token_hash=token_hash,
        form_digest=intake.content_digest(),
        form_version=intake.form_version,
        internal_report=intake.internal_report,
        text_digest=text_digest,
        possible_duplicate_of=_same_text(text_digest, received_at),
    )
    CaseText.objects.create(
        complaint=complaint,
        role=CaseText.Role.ORIGINAL,
        text=text,
        language=intake.language,
        person_id=person_id_of(by),
        at=at,
    )
    Issue.objects.create(complaint=complaint, number=1, category=intake.category, summary=complaint.title)
    for number, point in enumerate(intake.points, start=2):
        Issue.objects.create(complaint=complaint, number=number, summary=clean_line(point)[:300])
    _keep_own_answers(complaint, intake)
    party = _parties(complaint, intake)
    add_message(
        complaint.thread,
        direction=Message.Direction.IN,
        text=text,
        at=received_at,
        channel=intake.channel,
        language=intake.language,
        person=None if wrote_by_mail else complaint.recorded_by,
        files=intake.files,
    )
    if intake.immediate_action and complaint.recorded_by:
        note = Message.Direction.NOTE
        action = checked_text(intake.immediate_action)
        add_message(
            complaint.thread, direction=note, text=action, at=at, channel=intake.channel, person=complaint.recorded_by
        )
    deadlines.apply_packs(complaint, packs, at)
    deadlines.happened(complaint, "received", received_at, packs=packs)
    _tell_the_journal(complaint, intake, text, party, by=by, at=at)
    return complaint


def _tell_the_journal(
    complaint: Complaint, intake: Intake, text: str, party: Party, *, by: engine.Person, at: datetime
) -> None:
    record(
        events.Received(
            complaint=complaint.subject,
            reference=complaint.reference,
            kind=complaint.kind,
            channel=complaint.channel,
            received_at=complaint.received_at,
            language=complaint.language,
            unit=complaint.lead_unit.subject,
            product=intake.product.code if intake.product else "",
            category=intake.category.code if intake.category else "",
            is_anonymous=complaint.is_anonymous,
            is_represented=intake.representative is not None,
            said_danger=complaint.said_danger,
            files=len(intake.files),
            read_back=intake.read_back,
            internal_report=complaint.internal_report,
        ),
        by=complainant_of(complaint, party) if by.actor_kind == "visitor" else by,
        at=at,
        payload={
            "text": text,
            "title": complaint.title,
            "remedy": complaint.remedy_wanted_text,
            "files": [file.sha256 for file in intake.files],
            **({"points": list(intake.points)} if intake.points else {}),
            **({"own": {each.key: each.said() for each in intake.own_answers}} if intake.own_answers else {}),
        },
    )


def _keep_own_answers(complaint: Complaint, intake: Intake) -> None:
    """What was answered to the organisation's own questions, with the version in which they were asked."""
    for position, given in enumerate(intake.own_answers, start=1):
        OwnAnswer.objects.create(
            complaint=complaint,
            version=intake.form_version,
            key=given.key,
            position=position,
            text=given.text,
            code=given.code,
            day=given.day,
            amount=given.amount,
            currency=given.currency,
        )


def _checked_receipt(intake: Intake, at: datetime) -> datetime:
    """When it was received: a letter may have come in before it was written down, never after."""
    received_at = intake.received_at or at
    if received_at > at:
        raise Refusal("received_in_future", _("The day of receipt cannot be in the future."), field="received_on")
    return received_at


def _lead_unit(intake: Intake) -> Unit:
    if intake.unit is not None:
        return intake.unit
    rule = rule_fitting(category=intake.category, product=intake.product, site=intake.site, language=intake.language)
    if rule is not None:
        return rule.unit
    if intake.product is not None and intake.product.lead_unit is not None:
        return intake.product.lead_unit
    return Unit.objects.get(parent__isnull=True)


def _same_text(text_digest: str, received_at: datetime) -> Complaint | None:
    rows = Complaint.objects.counted().filter(text_digest=text_digest, received_at__gte=received_at - SAME_TEXT_WITHIN)
    return rows.order_by("id").first()


def _origin(intake: Intake, by: engine.Person) -> Origin:
    """The door it came through."""
    if by.actor_kind != "visitor":
        return Origin.STAFF
    return Origin.MAIL if intake.channel == Channel.EMAIL else Origin.PORTAL


def _parties(complaint: Complaint, intake: Intake) -> Party:
    """Write down who complains, and who acts for them. Returns the one we talk to."""
    complainant = _party(complaint, Party.Role.COMPLAINANT, intake.complainant)
    if intake.representative is None:
        complainant.save(force_insert=True)
        return complainant
    complainant.save(force_insert=True)
    acting = _party(complaint, Party.Role.REPRESENTATIVE, intake.representative.contact)
    acting.relation = clean_line(intake.representative.relation)[:120]
    acting.authority = intake.representative.authority
    acting.save(force_insert=True)
    return acting


def _party(complaint: Complaint, role: str, contact: Contact) -> Party:
    if complaint.is_anonymous:
        return Party(complaint=complaint, role=role, needs=list(contact.needs))
    return Party(
        complaint=complaint,
        role=role,
        kind=contact.kind,
        name=clean_line(contact.name)[:160],
        email=contact.email,
        phone=clean_line(contact.phone)[:40],
        address=clean_line(contact.address)[:300],
        contact_by=contact.contact_by,
        safe_contact=clean_line(contact.safe_contact)[:300],
        needs=list(contact.needs),
        needs_text=clean_line(contact.needs_text)[:500],
        customer_relation=contact.customer_relation,
    )


def hash_of_access_code(code: str) -> str:
    """What is kept of an access code. Raises Refusal when it cannot be one."""
    read = read_access_code(code)
    if read is None:
        raise Refusal("code_wrong", _("Check the access code: it has 18 letters and numbers."), field="code")
    return keyed_hash(read, settings.AMENDS_TRACKING_KEY, "access code")

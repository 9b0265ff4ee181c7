"""What the complainant sent, as it came: never replaced, with summaries and translations beside it."""

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from amends.complaints.events import Received
from amends.complaints.models import CaseText, Complaint
from amends.complaints.models.complaint import Precision
from amends.complaints.permissions import May
from amends.complaints.translating import newest_translations
from amends.correspondence.models import Message, MessageFile
from amends.correspondence.models.message import Channel
from amends.journal.models import Entry
from amends.journal.pseudonyms import known_name_of
from amends.kit.money import Money
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.current import own_name
from amends.ui.parts import Attachment
from amends.workspace.complaint import frame, side
from amends.workspace.complaint.attachments import attachment_of
from amends.workspace.complaint.choices import READ_BACK
from amends.workspace.complaint.opening import Case
from amends.workspace.complaint.own_answers import own_answer_lines
from amends.workspace.complaint.translated import shown

Words = str | Promise | SafeString
TRANSLATION = CaseText.Role.TRANSLATION


@needs(May.LIST)
def original(request: StaffVisit, reference: str) -> HttpResponse:
    """The first text with every answer that came with it."""
    case = frame.opened_whole(request, reference)
    texts = list(CaseText.objects.filter(complaint=case.complaint).exclude(role=TRANSLATION).order_by("id"))
    for text in texts:
        case.masked(text)
    content = {
        "text": next((text for text in texts if text.role == CaseText.Role.ORIGINAL), None),
        "others": [text for text in texts if text.role == CaseText.Role.SUMMARY],
        "translations": shown(newest_translations(case.complaint).of_text, case),
        "answers": _answers(case),
        "own_answers": own_answer_lines(case),
        "source": _source(case.complaint),
        "attachments": _files(case),
    }
    return frame.page(request, case, "original", content)


def _answers(case: Case) -> list[tuple[Words, Words]]:
    complaint = case.complaint
    received = formatting.moment if complaint.received_precision == Precision.MINUTE else formatting.day
    recorded = formatting.moment(complaint.recorded_at)
    by = complaint.recorded_by.name if complaint.recorded_by else _("the complainant")
    answers: list[tuple[Words, Words]] = [
        (_("Received"), received(complaint.received_at)),
        (_("Recorded"), _("%(moment)s, by %(name)s") % {"moment": recorded, "name": by}),
        (_("How it came"), Channel(complaint.channel).label),
        (_("Read back to them"), _read_back(complaint)),
        (_("Language"), own_name(complaint.language)),
        (_("Somebody in danger"), _("Yes") if complaint.said_danger else _("No")),
        (_("When it happened"), _when(complaint)),
        (_("Where it happened"), complaint.site),
        (_("Order, contract or customer number"), complaint.order_reference),
        (_("Asked for"), side.wanted_in_words(complaint)),
        (_("Asked for, in their words"), complaint.remedy_wanted_text),
        (_("Amount"), _amount(complaint)),
    ]
    if case.is_masked:
        answers = [(question, case.mask.hides(str(answer))) for question, answer in answers]
    return [(question, answer) for question, answer in answers if answer]


def _read_back(complaint: Complaint) -> Words:
    """Of what was told: whether whoever wrote it down read it back. The journal keeps it."""
    if complaint.recorded_by is None or complaint.channel not in {Channel.PHONE, Channel.IN_PERSON}:
        return ""
    name = known_name_of(complaint.subject)
    entry = Entry.objects.filter(subject=name, event=Received.name).first() if name is not None else None
    return dict(READ_BACK).get(str(entry.facts.get("read_back")), "") if entry is not None else ""


def _when(complaint: Complaint) -> Words:
    if complaint.occurred_on and complaint.occurred_until:
        until = formatting.day(complaint.occurred_until)
        return _("%(from)s to %(until)s") % {"from": formatting.day(complaint.occurred_on), "until": until}
    if complaint.occurred_on:
        return formatting.day(complaint.occurred_on)
    return complaint.occurred_text


def _amount(complaint: Complaint) -> str:
    if complaint.amount_claimed is None:
        return ""
    return formatting.money(Money(complaint.amount_claimed, complaint.currency))


def _source(complaint: Complaint) -> list[tuple[Words, Words]]:
    """What another system knew of it and has no place of its own here."""
    if not complaint.source:
        return []
    facts = [(str(name), format_html("<bdi>{}</bdi>", value)) for name, value in complaint.source_facts.items()]
    return [(_("System"), complaint.source), (_("Number there"), complaint.external_id), *facts]


def _files(case: Case) -> list[Attachment]:
    """What came with the first message."""
    first = Message.objects.filter(thread_id=case.complaint.thread_id).order_by("id").values("pk")[:1]
    rows = MessageFile.objects.filter(message__in=list(first.values_list("pk", flat=True))).select_related("file")
    return [attachment_of(row.file, case) for row in rows.order_by("id")]

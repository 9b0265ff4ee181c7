"""Mails on the timeline: what came and was not added, and what is known of those that were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from amends.complaints import events
from amends.complaints.permissions import May
from amends.correspondence.models import Message, SortedMail
from amends.correspondence.quotation import without_quotation
from amends.journal.models import Entry
from amends.permissions.engine import may
from amends.ui.parts import Tag
from amends.workspace.complaint.opening import Case

Words = str | Promise

AUTOMATIC, ELSEWHERE = events.AutomaticAnswerCame.name, events.AnsweredFromElsewhere.name
LONGEST_EXCERPT = 300


@dataclass(frozen=True)
class MailOf:
    """What is said beside a message that came by mail. Empty for all others."""

    about: Words = ""
    tags: Sequence[Tag] = ()
    note: Words = ""
    whole: str = ""


def mail_of(message: Message, case: Case) -> MailOf:
    """Whether it came from another address than we know, and all of it. The message was loaded with its mail."""
    mail = getattr(message, "mail", None)
    if mail is None:
        return MailOf()
    whole = case.mask.hides(mail.text) if mail.text else ""
    if not _is_from_elsewhere(mail, case):
        return MailOf(whole=whole)
    address = mail.sender if case.sees_identity else ""
    return MailOf(
        about=_("came from another address: %(address)s") % {"address": address}
        if address
        else _("came from another address"),
        tags=[Tag(_("Another address"), "warn", "alert")],
        note=_(
            "Anybody can write any address into a mail. %(name)s added it, because: %(reason)s. Answer to the address "
            "that you know, and ask there whether it has changed."
        )
        % {"name": message.person.name if message.person else "", "reason": mail.reason.rstrip(".")},
        whole=whole,
    )


def _is_from_elsewhere(mail: SortedMail, case: Case) -> bool:
    """A person added it, and none of those who complain has that address today."""
    known = {party.email.lower() for party in case.parties.values() if party.email}
    return mail.outcome == SortedMail.Outcome.REPLY and mail.settled_by_id is not None and mail.sender not in known


def said_in_mails(entries: Sequence[Entry], case: Case) -> Mapping[int, SafeString]:
    """What follows the sentences of entries about mails that were not added. One query, where there are such."""
    about = {entry.pk: str(entry.facts.get("reference")) for entry in entries if entry.event in {AUTOMATIC, ELSEWHERE}}
    if not about:
        return {}
    ours = SortedMail.objects.filter(mail__reference__in=about.values()).select_related("mail")
    rows = {row.mail.reference: row for row in ours}
    return {
        entry.pk: _automatic(rows[about[entry.pk]], case)
        if entry.event == AUTOMATIC
        else _elsewhere(rows[about[entry.pk]], case)
        for entry in entries
        if about.get(entry.pk) in rows
    }


def _automatic(mail: SortedMail, case: Case) -> SafeString:
    said = case.mask.hides(" ".join(without_quotation(mail.text).split()))
    short = said if len(said) <= LONGEST_EXCERPT else f"{said[: LONGEST_EXCERPT - 1].rstrip()}…"
    quoted = format_html(': <q dir="auto">{}</q>', short) if short else ""
    return format_html("{} · {}", quoted, _("A machine wrote it: it answers nothing, and no clock follows it"))


def _elsewhere(mail: SortedMail, case: Case) -> SafeString:
    if mail.message_id:
        return format_html(" · {}", _("added since"))
    if mail.outcome == SortedMail.Outcome.NOT_A_COMPLAINT:
        return format_html(" · {}", _("set aside since"))
    who = format_html(": <bdi>{}</bdi>", mail.sender) if case.sees_identity and mail.sender else ""
    told = _("Ask the complainant, at the address that you know, whether they wrote it. If they did, it can be added")
    return format_html("{} · {} ({})", who, told, _place_of(mail, case))


def _place_of(mail: SortedMail, case: Case) -> SafeString:
    """Where it waits, for those who may go there."""
    name = format_html('<bdi class="reference">{}</bdi>', mail.mail.reference)
    if not may(case.actor, May.SORT_MAIL):
        return format_html("{}: {}", _("Incoming mail"), name)
    return format_html('<a href="{}">{}</a>', reverse("workspace:mail_one", kwargs={"mail": mail.mail.reference}), name)

"""Everything that was said and done, newest first: messages and journal entries in one line of time, 50 at once.

A page ends at a moment, and says how many things of that moment it has shown: a keyset that tells no one a key.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.complaints import events
from amends.complaints.models import Party
from amends.correspondence.models import Message, MessageFile
from amends.correspondence.models.message import Channel
from amends.journal.models import Entry, Pseudonym
from amends.ui.parts import Attachment, Tab, Tag, TimelineItem
from amends.workspace.complaint.attachments import attachment_of
from amends.workspace.complaint.mails_told import MailOf, mail_of, said_in_mails
from amends.workspace.complaint.names import names_in
from amends.workspace.complaint.opening import Case
from amends.workspace.complaint.sentences import told, way_of
from amends.workspace.complaint.translated import Beside
from amends.workspace.queue_rows import CHANNEL_ICONS

Words = str | Promise

PAGE_SIZE = 50
LONGEST_RUN = 3
SHOWN_OF_A_RUN = 2
_MOST_AT_ONCE = 5000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
#: What these entries tell stands in the messages.
_MESSAGES = (
    events.MessageSent.name,
    events.MessageHeld.name,
    events.Replied.name,
    events.NoteWritten.name,
)


#: Mails that are no messages stand among them all the same.
_MAILS_NOT_ADDED = (events.AutomaticAnswerCame.name, events.AnsweredFromElsewhere.name)
#: But for what a message did to the clocks.
_MOVES_CLOCKS = Q(event=events.MessageSent.name, particulars__contains='"stopped":["') | Q(
    event=events.Replied.name, particulars__contains='"moved":["'
)


class Show(StrEnum):
    """What the timeline is narrowed to."""

    EVERYTHING = ""
    MESSAGES = "messages"
    NOTES = "notes"
    CHANGES = "changes"

    @property
    def label(self) -> Words:
        """Its name on the filter."""
        return _LABELS[self]


_LABELS = {
    Show.EVERYTHING: gettext_lazy("Everything"),
    Show.MESSAGES: gettext_lazy("Messages"),
    Show.NOTES: gettext_lazy("Notes"),
    Show.CHANGES: gettext_lazy("Changes"),
}


@dataclass(frozen=True)
class Run:
    """Items that follow each other; a folded one shows only its title until it is opened."""

    items: Sequence[TimelineItem]
    title: str = ""


@dataclass(frozen=True)
class Timeline:
    """One page of it, with the addresses of the pages around."""

    runs: Sequence[Run]
    count: int
    filters: Sequence[Tab]
    older_href: str = ""
    newest_href: str = ""


@dataclass(frozen=True)
class _Position:
    """A moment, and how many things of that moment were shown before."""

    at: datetime
    shown: int


def timeline_of(case: Case, show: str = "", cursor: str = "") -> Timeline:
    """A page of the timeline. Seven queries at most, whatever its length."""
    narrowed = Show(show) if show in set(Show) else Show.EVERYTHING
    position = _read(cursor)
    most = PAGE_SIZE + 1 + (position.shown if position else 0)
    found: list[Message | Entry] = [
        *_messages(case, narrowed, position, most),
        *_entries(case, narrowed, position, most),
    ]
    found.sort(key=_newest_first, reverse=True)
    found = found[position.shown if position else 0 :]
    page, more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    items = _items(page, case, is_newest=position is None)
    here = case.at()
    narrowing = f"show={narrowed}&" if narrowed else ""
    return Timeline(
        runs=_runs(items) if narrowed is Show.EVERYTHING else [Run(items)],
        count=len(page),
        filters=[Tab(each.label, f"{here}?show={each}" if each else here, each is narrowed) for each in Show],
        older_href=f"{here}?{narrowing}before={_written(page, position)}" if more else "",
        newest_href=f"{here}?{narrowing}".rstrip("?&") if position else "",
    )


def _messages(case: Case, show: Show, position: _Position | None, most: int) -> list[Message]:
    if show is Show.CHANGES:
        return []
    rows = Message.objects.filter(thread_id=case.complaint.thread_id).select_related("person", "mail")
    if show is Show.MESSAGES:
        rows = rows.exclude(direction=Message.Direction.NOTE)
    elif show is Show.NOTES:
        rows = rows.filter(direction=Message.Direction.NOTE)
    if position:
        rows = rows.filter(at__lte=position.at)
    return list(rows.order_by("-at", "-id")[:most])


def _entries(case: Case, show: Show, position: _Position | None, most: int) -> list[Entry]:
    if show is Show.NOTES:
        return []
    # The text of the complaint is its first message; how it came in is told there.
    untold = _MESSAGES if show is Show.CHANGES else (*_MESSAGES, events.Received.name)
    rows = entries_about(case).filter(~Q(event__in=untold) | _MOVES_CLOCKS)
    if show is Show.MESSAGES:
        rows = entries_about(case).filter(event__in=_MAILS_NOT_ADDED)
    if position:
        rows = rows.filter(at__lte=position.at)
    return list(rows.order_by("-at", "-id")[:most])


def entries_about(case: Case) -> QuerySet[Entry]:
    """All journal entries of the complaint."""
    subject = case.complaint.subject
    names = Pseudonym.objects.filter(kind=subject.kind, key=subject.key).values("name")
    found = Entry.objects.filter(subject__in=names)
    if case.reads_detriment:
        return found
    return found.exclude(event=events.DetrimentReported.name)


def _newest_first(one: Message | Entry) -> tuple[datetime, bool, int]:
    """What was done about a message stands above it, though both are of one moment."""
    return one.at, isinstance(one, Entry), one.pk


def items_of(messages: Sequence[Message], case: Case) -> list[TimelineItem]:
    """Some messages by themselves."""
    files = _files_of(messages, case)
    beside = Beside()
    return [
        _said(one, case, files.get(one.pk, []), beside, is_new=one.direction == Message.Direction.IN)
        for one in messages
    ]


def _items(page: Sequence[Message | Entry], case: Case, *, is_newest: bool) -> list[TimelineItem]:
    entries = [one for one in page if isinstance(one, Entry)]
    names, in_mails = names_in(entries, case), said_in_mails(entries, case)
    messages = [one for one in page if isinstance(one, Message)]
    files, beside = _files_of(messages, case), Beside.of(messages, case)
    newest = next((one for one in page if _is_inbound(one)), None) if is_newest else None
    unanswered = newest if case.complaint.has_new_reply else None
    items = []
    for one in page:
        if isinstance(one, Message):
            items.append(_said(one, case, files.get(one.pk, []), beside, is_new=one is unanswered))
        else:
            line = told(one, names)
            who = names.of(one.actor)
            sentence = format_html("{}{}", line.sentence, in_mails.get(one.pk, ""))
            items.append(TimelineItem(line.look, line.icon, one.at, who=who, sentence=sentence))
    return items


def _is_inbound(one: Message | Entry) -> bool:
    return isinstance(one, Message) and one.direction == Message.Direction.IN


def _files_of(messages: Sequence[Message], case: Case) -> dict[int, list[Attachment]]:
    if not messages:
        return {}
    found: dict[int, list[Attachment]] = {}
    rows = MessageFile.objects.filter(message__in=[message.pk for message in messages]).select_related("file")
    for row in rows.order_by("id"):
        found.setdefault(row.message_id, []).append(attachment_of(row.file, case))
    return found


def _said(message: Message, case: Case, files: Sequence[Attachment], beside: Beside, *, is_new: bool) -> TimelineItem:
    author = message.person.name if message.person else ""
    mail = mail_of(message, case) if message.direction == Message.Direction.IN else MailOf()
    translations, translate_href = beside.rows.get(message.pk, []), beside.hrefs.get(message.pk, "")
    if message.direction == Message.Direction.IN:
        return TimelineItem(
            "in",
            CHANNEL_ICONS[Channel(message.channel)],
            message.at,
            who=case.recipient_first,
            about_who=mail.about or (_("written down by %(name)s") % {"name": author} if author else _on_behalf(case)),
            channel=_way(message, case),
            is_day_only=case.complaint.received_by_day and message.at == case.complaint.received_at,
            text=case.mask.hides(message.text),
            language=message.language,
            tags=[*([Tag(_("New reply"), "wait", "message")] if is_new else []), *mail.tags],
            note=mail.note,
            whole=mail.whole,
            files=files,
            id="new-reply" if is_new else "",
            translations=translations,
            translate_href=translate_href,
        )
    if message.direction == Message.Direction.NOTE:
        return TimelineItem("note", "lock", message.at, who=author, text=case.mask.hides(message.text), files=files)
    waits = message.needs_reply and message.answered_at is None
    return TimelineItem(
        "out",
        CHANNEL_ICONS[Channel(message.channel)] if message.channel != Channel.PORTAL else "send",
        message.at,
        who=author or case.organisation.name,
        about_who=_("to %(name)s") % {"name": case.recipient},
        channel=_way(message, case),
        text=case.mask.hides(message.text),
        language=message.language,
        tags=[Tag(_("Needs a reply"), "wait", "clock")] if waits else [],
        files=files,
        translations=translations,
        translate_href=translate_href,
    )


def _on_behalf(case: Case) -> str:
    """For whom the person who writes acts."""
    affected = case.parties.get(Party.Role.COMPLAINANT)
    if not case.sees_identity or affected is None or affected is case.told or not affected.name:
        return ""
    return _("for %(name)s") % {"name": affected.name}


def _way(message: Message, case: Case) -> Words:
    """How it came or went. Only the complaint itself came by the form; what follows stands on the tracking page."""
    is_first = message.direction == Message.Direction.IN and message.at == case.complaint.received_at
    return Channel(message.channel).label if is_first else way_of(message.channel)


def _runs(items: Sequence[TimelineItem]) -> list[Run]:
    """Long runs of changes between messages are folded, except for what is alarming."""
    runs: list[Run] = []
    shown: list[TimelineItem] = []
    for group in _groups(items):
        if len(group) <= LONGEST_RUN:
            shown += group
            continue
        shown += group[:SHOWN_OF_A_RUN]
        folded = group[SHOWN_OF_A_RUN:]
        title = ngettext("%(count)d earlier change", "%(count)d earlier changes", len(folded)) % {"count": len(folded)}
        runs += [Run(shown), Run(folded, title)]
        shown = []
    return [*runs, Run(shown)] if shown else runs


def _groups(items: Iterable[TimelineItem]) -> list[list[TimelineItem]]:
    groups: list[list[TimelineItem]] = []
    folds_before = False
    for item in items:
        folds = item.kind in {"event", "ok"}
        if folds and folds_before:
            groups[-1].append(item)
        else:
            groups.append([item])
        folds_before = folds
    return groups


def _written(page: Sequence[Message | Entry], before: _Position | None) -> str:
    at = page[-1].at
    shown = sum(one.at == at for one in page) + (before.shown if before and before.at == at else 0)
    return f"{(at - _EPOCH) // _MICROSECOND}-{shown}"


def _read(cursor: str) -> _Position | None:
    moment, _dash, shown = cursor.partition("-")
    if not (moment.isascii() and moment.isdigit() and shown.isascii() and shown.isdigit()):
        return None
    if len(moment) > 17 or len(shown) > 4 or int(shown) > _MOST_AT_ONCE:
        return None
    return _Position(_EPOCH + int(moment) * _MICROSECOND, int(shown))

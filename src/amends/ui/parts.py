"""What the components under `ui/components/` are given. Doors fill these; templates only show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from amends.ui.formatting import TimeLeft

Words = str | Promise | SafeString
State = Literal["done", "now", "ahead"]
Tone = Literal["", "danger", "warn", "ok", "info", "wait", "line"]


@dataclass(frozen=True)
class Crumb:
    """A page above this one; the last has no address."""

    label: Words
    href: str = ""


@dataclass(frozen=True)
class Tab:
    """A saved view or a section of a page."""

    label: Words
    href: str
    is_current: bool = False
    count: Words = ""
    is_hot: bool = False


@dataclass(frozen=True)
class Tag:
    """A short word on colour."""

    text: Words
    tone: Tone = ""
    icon: str = ""


@dataclass(frozen=True)
class Step:
    """A stage of a complaint, in the stage bar of staff or the progress list of the public."""

    title: Words
    state: State
    note: Words = ""


@dataclass(frozen=True)
class Attachment:
    """A file that can be opened."""

    name: str
    href: str
    size: int | None = None
    note: Words = ""


@dataclass(frozen=True)
class Translated:
    """A translation beside its original, marked as made by a person or by a machine; `who` is a name or a program."""

    text: str
    language: str
    called: str
    direction: Literal["ltr", "rtl"]
    is_by_machine: bool
    who: str = ""
    version: int = 1


@dataclass(frozen=True)
class Message:
    """One message between complainant and organisation, as the public pages show it."""

    who: Words
    at: datetime
    text: str
    is_mine: bool = False
    #: Of a letter only the day is known.
    is_day_only: bool = False
    language: str = ""
    files: Sequence[Attachment] = ()
    translations: Sequence[Translated] = ()


@dataclass(frozen=True)
class TimelineItem:
    """One line or bubble of the timeline.

    Kinds: `in` from outside (tinted), `out` to the complainant (white), `note` internal (amber, dashed), `event`, `ok`
    and `danger` one line. `text` is plain text; `sentence` the line of an event, with names already escaped.
    """

    kind: Literal["in", "out", "note", "event", "ok", "danger"]
    icon: str
    at: datetime
    who: Words = ""
    about_who: Words = ""
    channel: Words = ""
    #: Of a letter only the day is known.
    is_day_only: bool = False
    text: str = ""
    language: str = ""
    sentence: Words = ""
    tags: Sequence[Tag] = ()
    files: Sequence[Attachment] = ()
    id: str = ""
    note: Words = ""
    #: All of it, where `text` leaves something out.
    whole: str = ""
    translations: Sequence[Translated] = ()
    translate_href: str = ""


@dataclass(frozen=True)
class QueueRow:
    """One complaint in a list."""

    href: str
    subject: str
    reference: str
    who: Words
    channel: Words
    channel_icon: str
    severity: Sequence[Tag]
    stage: Words
    owner_initials: str = ""
    owner: Words = ""
    due: TimeLeft | None = None
    due_at: datetime | None = None
    due_for: Words = ""
    is_unread: bool = False
    signals: Sequence[Tag] = ()


@dataclass(frozen=True)
class QueueGroup:
    """Rows under a heading: Overdue, Due today, This week, Later."""

    title: Words
    icon: str
    rows: Sequence[QueueRow]
    tone: Tone = ""
    count: Words = ""


@dataclass(frozen=True)
class Deadline:
    """A line of the deadlines card. `used` is the share of the time that has gone, 0 to 100, while it is open.

    `notes` are sentences below it; `href` leads to why it is this date.
    """

    title: Words
    words: Words
    tone: Tone = ""
    used: int | None = None
    notes: Sequence[Words] = ()
    href: str = ""


@dataclass(frozen=True)
class Answer:
    """One answer on the page where everything is checked before it is sent."""

    question: Words
    answer: Words
    change_href: str = ""
    is_long: bool = False


@dataclass(frozen=True)
class StaleField:
    """A field that somebody else changed while it was being edited: both versions."""

    label: Words
    theirs: str
    yours: str


@dataclass(frozen=True)
class Composer:
    """The two forms under a complaint; None leaves one out.

    Each form has a field `text` and may have `attachments`, `channel` and `needs_reply`. Give them prefixes: both stand
    on one page. `language` names the language in which the complainant is written to.
    """

    recipient: str
    message_form: BaseForm | None
    note_form: BaseForm | None
    message_action: str
    note_action: str
    message_hint: Words = ""
    language: Words = ""

"""The two forms under a complaint: a message to the complainant, and a note among ourselves."""

import secrets
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints.models import HeldMessage
from amends.correspondence.models import Message, Thread
from amends.correspondence.models.message import Channel
from amends.correspondence.writing import LONGEST_MESSAGE
from amends.files.models import StoredFile
from amends.files.taking_in import take_in
from amends.kit.text import clean_text
from amends.ui.current import own_name
from amends.ui.definition_forms import TextField
from amends.ui.parts import Composer
from amends.ui.widgets import ManyFilesField
from amends.workspace.complaint.opening import Case

#: How something is told to the complainant. Whatever way, it stands on the tracking page too.
WAYS = (
    (Channel.PORTAL, _("On the tracking page")),
    (Channel.PHONE, _("Told by telephone")),
    (Channel.POST, _("Sent by post")),
    (Channel.IN_PERSON, _("Told in person")),
)
MOST_SAID = 100_000


class Saying(Protocol):
    """A form with a text, which knows how much had been said when its page was made."""

    case: Case
    cleaned_data: dict[str, Any]


def said_field() -> forms.IntegerField:
    """How much had been said when the page was made."""
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST_SAID)


class Writing(forms.Form):
    """What both forms have: a text, files, and how much had been said when the page was made."""

    said = said_field()
    use_required_attribute = False

    text = TextField(
        label=_("Text"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea,
        error_messages={"required": _("Write something first")},
    )
    attachments = ManyFilesField(label=_("Attach files"), required=False)

    def __init__(self, data: Any = None, files: Any = None, *, case: Case, said: int, **more: Any) -> None:
        super().__init__(data, files, initial={"said": said}, **more)
        self.case = case


class MessageForm(Writing):
    """A message to the complainant."""

    channel = forms.ChoiceField(label=_("How it is told"), choices=WAYS, widget=forms.Select(attrs={"class": "input"}))
    needs_reply = forms.BooleanField(
        label=_("Needs a reply"),
        help_text=_("Clocks stand still until then, where the rules allow it."),
        required=False,
    )
    #: Which form it is: pressed twice, it says the same thing once.
    once = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False)
    #: The message of theirs that was taken back and is sent again, and which of its files go along.
    again = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_SAID, required=False)
    keep = forms.MultipleChoiceField(
        label=_("Files of the message that you took back"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, draft: HeldMessage | None = None, **more: Any) -> None:
        super().__init__(*args, prefix="message", **more)
        self.draft = draft
        self.initial["once"] = secrets.token_hex(8)
        self.files_again = [each.file for each in draft.files.all()] if draft is not None else []
        if draft is not None:
            self.initial["keep"] = [str(place) for place in range(len(self.files_again))]
            self.initial.update(text=draft.text, channel=draft.channel, needs_reply=draft.needs_reply)
            self.initial["again"] = draft.number
        keep = self.fields["keep"]
        assert isinstance(keep, forms.MultipleChoiceField)
        keep.choices = [(str(place), file.name) for place, file in enumerate(self.files_again)]
        if not self.files_again:
            del self.fields["keep"]
        if self.case.complaint.is_anonymous:
            field = self.fields["channel"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = WAYS[:1]


class NoteForm(Writing):
    """A note that the complainant never sees."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, prefix="note", **more)


def composer_of(
    case: Case,
    said: int,
    *,
    message_form: MessageForm | None = None,
    note_form: NoteForm | None = None,
    draft: HeldMessage | None = None,
) -> Composer | None:
    """The forms that this person may use now; None where they may only read. A draft stands in the first of them."""
    may_write = "hold_message" in case.open_to
    message = message_form or (MessageForm(case=case, said=said, draft=draft) if may_write else None)
    note = note_form or (NoteForm(case=case, said=said) if "write_note" in case.open_to else None)
    if message is None and note is None:
        return None
    hint = _("Write to %(name)s. This appears on the tracking page.") % {"name": case.recipient}
    language = own_name(case.complaint.language)
    return Composer(str(case.recipient), message, note, case.at("messages"), case.at("notes"), hint, language=language)


def said_so_far(case: Case) -> int:
    """How much has been said on the complaint. One query."""
    return Message.objects.filter(thread_id=case.complaint.thread_id).count()


def said_since(case: Case, said: int) -> list[Message]:
    """What was said after so much had been said."""
    rows = Message.objects.filter(thread_id=case.complaint.thread_id).select_related("person")
    return list(rows.order_by("id")[said : said + 50])


def taken_in(form: forms.Form, case: Case) -> list[StoredFile]:
    """Examine and store the files that staff attach. They are ours, so the originals are kept."""
    return [take_in(file, keep_original=True, at=case.now) for file in form.cleaned_data["attachments"]]


def was_said(news: Sequence[Message], form: Saying, direction: str) -> bool:
    """Whether this very text went out already since the page was made: the button was pressed twice."""
    text, author = clean_text(form.cleaned_data["text"]), form.case.actor.person_id
    return any((one.direction, one.person_id, one.text) == (direction, author, text) for one in news)


def say_once(form: Saying, direction: str, say: Callable[[], object]) -> None:
    """Say something unless it was said a moment ago. Two senders of one form wait for each other here."""
    with transaction.atomic():
        Thread.objects.select_for_update().get(pk=form.case.complaint.thread_id)
        if not was_said(said_since(form.case, form.cleaned_data["said"]), form, direction):
            say()

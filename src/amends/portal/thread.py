"""Messages as the complainant sees them."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from amends.complaints.models import CaseText, Complaint
from amends.complaints.translating import told_translations
from amends.correspondence.models import Message
from amends.files.models import State, StoredFile
from amends.framework.models import Organisation
from amends.ui.languages import called, direction_of
from amends.ui.parts import Attachment, Translated
from amends.ui.parts import Message as ShownMessage


def shown(messages: Sequence[Message], complaint: Complaint, organisation: Organisation) -> list[ShownMessage]:
    """The messages in words. What staff wrote down for somebody is said to be so, and so is what we translated."""
    translated = told_translations(messages)
    return [
        ShownMessage(
            who=_who(message, organisation),
            at=message.at,
            text=message.text,
            is_mine=message.direction == Message.Direction.IN,
            is_day_only=complaint.received_by_day and message.at == complaint.received_at,
            language=message.language,
            files=[_attachment(row.file) for row in message.files.all()],
            translations=of_ours(translated.get(message.pk, ())),
        )
        for message in messages
    ]


def of_ours(rows: Sequence[CaseText]) -> list[Translated]:
    """Translations of our own words. Which of us translated stays among ourselves."""
    return [
        Translated(row.text, row.language, called(row.language), direction_of(row.language), row.is_by_machine)
        for row in rows
    ]


def _who(message: Message, organisation: Organisation) -> str:
    if message.direction == Message.Direction.OUT:
        return organisation.name
    return _("You, written down by us") if message.person_id else _("You")


def _attachment(file: StoredFile) -> Attachment:
    if file.state == State.WAITING:
        return Attachment(file.name, "", note=_("still being checked for viruses"))
    if file.state == State.REJECTED:
        return Attachment(file.name, "", note=_("rejected by the virus check"))
    return Attachment(file.name, reverse("portal:file", args=[file.token]), file.stripped_size)

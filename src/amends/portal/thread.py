"""Messages as the complainant sees them."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from amends.correspondence.models import Message
from amends.files.models import State, StoredFile
from amends.framework.models import Organisation
from amends.ui.parts import Attachment
from amends.ui.parts import Message as ShownMessage


def shown(messages: Sequence[Message], organisation: Organisation) -> list[ShownMessage]:
    """The messages in words. What staff wrote down for somebody is said to be so."""
    return [
        ShownMessage(
            who=_who(message, organisation),
            at=message.at,
            text=message.text,
            is_mine=message.direction == Message.Direction.IN,
            language=message.language,
            files=[_attachment(row.file) for row in message.files.all()],
        )
        for message in messages
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

"""How the permission of a representative stands, in words and as a mark."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.complaints.acting import Permission, permission_of, today
from amends.complaints.models import Party
from amends.ui import formatting
from amends.ui.parts import Tag


def permission_tags(permission: Permission) -> list[Tag]:
    """A mark where something is to be done about it."""
    if permission is Permission.ENDS_SOON:
        return [Tag(_("Permission ends soon"), "warn", "clock")]
    if permission is Permission.PASSED:
        return [Tag(_("Permission has run out"), "danger", "people")]
    if not permission.is_good:
        return [Tag(_("No permission yet"), "warn", "people")]
    return []


def permission_in_words(party: Party, now: datetime) -> str | Promise:
    """What was said or seen of it, and until when it holds."""
    if party.authority != Party.Authority.SEEN or party.authority_until is None:
        return Party.Authority(party.authority).label
    sentence = _("Seen, valid until %(day)s")
    if permission_of(party, today(now)) is Permission.PASSED:
        sentence = _("Has run out on %(day)s")
    return sentence % {"day": formatting.day(party.authority_until)}

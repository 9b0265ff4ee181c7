"""What deadlines are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.complaints.models import Deadline
from amends.framework.which_packs import rules_of


def title_of(clock: Deadline) -> str | Promise:
    """What a deadline is for, as its pack calls it."""
    if clock.pack is not None:
        return str(rules_of(clock.pack).clock(clock.code).name)
    if clock.kind == Deadline.Kind.REMEDY:
        return _("Remedy %(number)s") % {"number": clock.number}
    return Deadline.Kind(clock.kind).label

"""By which pack and which calendar a deadline is counted, with the addresses where both can be read."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.complaints.models import Deadline
from amends.framework.models import RulePackVersion
from amends.framework.which_packs import rules_of

Words = str | Promise


class Link(NamedTuple):
    """A version of something with a page of its own."""

    name: Words
    version: Words
    href: str


def pack_link(clock: Deadline) -> Link | None:
    """The pack of a deadline; None for what was promised."""
    return link_to_pack(clock.pack) if clock.pack is not None else None


def link_to_pack(version: RulePackVersion) -> Link:
    """The page of a pack version."""
    href = reverse("workspace:rule_pack", kwargs={"pack": version.pack, "version": version.version})
    return Link(str(rules_of(version).name), _version(version.version), href)


def calendar_link(clock: Deadline) -> Link:
    """The calendar version of a deadline."""
    version = clock.calendar
    href = reverse("workspace:calendar_version", kwargs={"calendar": version.calendar.code, "number": version.number})
    return Link(str(version.calendar), _version(version.number), href)


def _version(number: int) -> str:
    return _("version %(version)s") % {"version": number}

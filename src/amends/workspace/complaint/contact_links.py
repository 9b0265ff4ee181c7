"""Whether the people of a complaint are known from others, and how many complaints they made before."""

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.complaints.contacts import JOINED, complaints_of
from amends.complaints.queries import capped_count
from amends.workspace.complaint.opening import Case
from amends.workspace.naming import address_of_contact

Words = str | Promise | SafeString

#: From so many complaints on somebody is said to complain repeatedly. That is a fact, not a judgement.
REPEATED = 3


def joinable(case: Case) -> bool:
    """Whether somebody of the complaint could be linked by whoever looks."""
    if case.complaint.is_anonymous or case.complaint.is_shielded or not case.sees_identity:
        return False
    people = [case.parties[role] for role in JOINED if role in case.parties]
    return any(party.name and party.contact_id is None for party in people)


def earlier_lines(case: Case) -> list[tuple[Words, Words]]:
    """Of each linked person the other complaints that may be seen, with the way to them. Nothing where none is linked.

    One who has to stay unnamed before these eyes is no link away from being named.
    """
    if case.complaint.is_anonymous or case.complaint.is_shielded or not case.sees_identity:
        return []
    lines: list[tuple[Words, Words]] = []
    for role in JOINED:
        party = case.parties.get(role)
        if party is None or party.contact is None:
            continue
        others = capped_count(complaints_of(party.contact, case.actor).exclude(pk=case.complaint.pk))
        words = ngettext("%(count)d other complaint", "%(count)d other complaints", others) % {"count": others}
        if others + 1 >= REPEATED:
            words = _("%(count)d other complaints, complains repeatedly") % {"count": others}
        unlink = case.at("contact_unlinking", role=role)
        lines.append(
            (
                _("Same person"),
                format_html(
                    '<a href="{}">{}</a> · <a href="{}">{}</a>',
                    address_of_contact(party.contact),
                    words,
                    unlink,
                    _("cut the link"),
                ),
            )
        )
    return lines

"""What whoever proposes or decides weighs it against: the limits, and what like complaints got."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.complaints.authority import sums_of_response, unit_paths, who_covers
from amends.complaints.four_eyes import eyes_on
from amends.complaints.like import Like, LikeOne, like_complaints
from amends.complaints.models import Response
from amends.framework.authorities import limits_at
from amends.framework.models.authority import DECIDING_ROLES
from amends.kit.money import Money
from amends.permissions.roles import Role
from amends.ui import formatting
from amends.workspace.complaint.opening import Case
from amends.workspace.complaint.remedies import amount_shown

Words = str | Promise
MOST_NAMES = 5


@dataclass(frozen=True)
class LikeRow:
    """A like complaint as a row."""

    reference: str
    href: str
    title: str
    outcome: str
    cause: str
    remedies: Sequence[str]


@dataclass(frozen=True)
class LikeShown:
    """Like complaints with what they got in a sentence."""

    rows: Sequence[LikeRow]
    words: str
    differs: bool = False


def like_shown(case: Case, response: Response | None = None) -> LikeShown:
    """What is like this complaint; with a response, whether that lies outside of it."""
    currency = case.organisation.currency
    like = like_complaints(case.complaint, case.actor, currency)
    differs = False
    if response is not None and like.range is not None:
        on = case.now.astimezone(case.organisation.zone).date()
        differs = not like.range.holds(sums_of_response(response, case.organisation, on).together)
    return LikeShown([_row(each, case) for each in like.last], _in_words(like, currency), differs)


def _row(each: LikeOne, case: Case) -> LikeRow:
    other = Case(each.complaint, case.actor, case.now, case.organisation)
    remedies = [f"{remedy.kind} {amount_shown(remedy)}".strip() for remedy in each.remedies]
    outcome = str(each.decision.get_outcome_display())
    return LikeRow(each.complaint.reference, other.at(), each.complaint.title, outcome, each.cause, remedies)


def _in_words(like: Like, currency: str) -> str:
    if like.range is None:
        return ""
    least, middle, most = (
        formatting.money(Money(amount, currency)) for amount in (like.range.least, like.range.middle, like.range.most)
    )
    words = {"count": formatting.number(like.range.count), "least": least, "middle": middle, "most": most}
    if like.range.least == like.range.most:
        sentence = ngettext(
            "The last %(count)s like complaint got %(most)s.",
            "Each of the last %(count)s like complaints got %(most)s.",
            like.range.count,
        )
    else:
        sentence = ngettext(
            "The last %(count)s like complaint got between %(least)s and %(most)s; half got %(middle)s or less.",
            "The last %(count)s like complaints got between %(least)s and %(most)s; half got %(middle)s or less.",
            like.range.count,
        )
    return sentence % words


def limits_in_words(case: Case) -> list[str]:
    """How far each deciding role may go with this complaint. Empty where nothing is limited."""
    limits = limits_at(case.now)
    if not limits.rows:
        return []
    found = []
    path = unit_paths(case.complaint)[0]
    for role in DECIDING_ROLES:
        of_role = limits.for_role(role.value, path, frozenset()).by_kind.values()
        parts = [
            _("%(kind)s: %(most)s") % {"kind": row.kind or _("All kinds together"), "most": _most(row.most, case)}
            for row in sorted(of_role, key=lambda row: row.kind_id or 0)
        ]
        what = "; ".join(parts) if parts else _("nothing")
        found.append(_("%(role)s – %(what)s") % {"role": role.label, "what": what})
    return found


def _most(most: int | None, case: Case) -> str:
    return _("without a ceiling") if most is None else formatting.money(Money(most, case.organisation.currency))


@dataclass(frozen=True)
class CoverShown:
    """What a response promises together, and who may decide on it."""

    together: str
    lines: Sequence[str]


def cover_shown(case: Case, response: Response) -> CoverShown:
    """Whose limit covers a response, among those who had no part in it."""
    organisation, on = case.organisation, case.now.astimezone(case.organisation.zone).date()
    sums = sums_of_response(response, organisation, on)
    eyes = eyes_on(case.complaint, response, organisation, sums)
    able = who_covers(case.complaint, sums, case.now, organisation, barred=eyes.barred)
    lines = []
    for each in able[:MOST_NAMES]:
        limit = each.cover.limit
        words = {"name": each.person.name, "role": Role(each.cover.right.role).label}
        if limit is None:
            lines.append(_("%(name)s, %(role)s") % words)
        else:
            lines.append(_("%(name)s, %(role)s, up to: %(most)s") % {**words, "most": _most(limit.most, case)})
    if sums.together is None:
        together = _("It cannot be counted: no rate is recorded for a currency in it.")
    else:
        together = formatting.money(Money(sums.together, organisation.currency))
    return CoverShown(together, lines)

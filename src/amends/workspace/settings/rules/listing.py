"""The rule packs there are: whose law they follow, what applies now, and how many figures somebody has verified."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from amends.framework.models import Activation, RulePackVersion
from amends.framework.permissions import May
from amends.framework.rules.parts import Pack
from amends.framework.rules.vocabulary import Status
from amends.framework.which_packs import activations, rules_of
from amends.kit.text import fold
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.ui.parts import Tab, Tag
from amends.workspace.settings.rules import words
from amends.workspace.settings.rules.applying import standing_of_pack, versions_in_force
from amends.workspace.settings.rules.crumbs import first_crumbs

#: In the address, for packs that follow the law of no country.
ANY = "any"


@dataclass(frozen=True)
class Row:
    """The newest version of a pack."""

    version: RulePackVersion
    pack: Pack
    place: str
    standing: list[Tag]
    older: list[int]
    verified: int
    to_verify: int

    @property
    def applies(self) -> bool:
        """Whether any version applies now, or will."""
        return bool(self.standing)


@needs(May.SEE_RULES)
def rules(request: StaffVisit) -> HttpResponse:
    """All packs, those that apply first; `?jurisdiction=` shows those of one country."""
    rows = _rows(request.now)
    chosen = request.GET.get("jurisdiction", "")
    known = {row.pack.jurisdiction or ANY for row in rows}
    shown = [row for row in rows if chosen not in known or (row.pack.jurisdiction or ANY) == chosen]
    context = {
        "crumbs": first_crumbs(request, _("Rule packs")),
        "rows": shown,
        "places": _places(rows, chosen if chosen in known else ""),
        "may_activate": may(request.actor, May.ACTIVATE_PACK),
    }
    return render(request, "workspace/settings/rules/rules.html", context)


def _rows(now: datetime) -> list[Row]:
    newest = RulePackVersion.objects.filter(pack=OuterRef("pack")).order_by("-version").values("pk")[:1]
    versions = RulePackVersion.objects.filter(pk=Subquery(newest))
    by_pack: dict[str, list[Activation]] = {}
    for row in activations():
        by_pack.setdefault(row.pack_version.pack, []).append(row)
    rows = [_row(version, by_pack.get(version.pack, []), now) for version in versions]
    return sorted(rows, key=lambda row: (not row.applies, fold(str(row.pack.name)), row.version.pack))


def _row(version: RulePackVersion, rows: list[Activation], now: datetime) -> Row:
    pack = rules_of(version)
    states = Counter(figure.status for _where, figure in pack.figures())
    return Row(
        version=version,
        pack=pack,
        place=words.place(pack.jurisdiction),
        standing=standing_of_pack(rows, now),
        older=[number for number in versions_in_force(rows, now) if number != version.version],
        verified=states[Status.VERIFIED],
        to_verify=states[Status.TO_VERIFY],
    )


def _places(rows: list[Row], chosen: str) -> list[Tab]:
    counts = Counter(row.pack.jurisdiction or ANY for row in rows)
    labels = {code: words.place("" if code == ANY else code) for code in counts}
    tabs = [Tab(_("All"), "?", is_current=not chosen, count=str(len(rows)))]
    for code in sorted(counts, key=lambda code: (code != ANY, fold(labels[code]))):
        tabs.append(Tab(labels[code], f"?jurisdiction={code}", is_current=code == chosen, count=str(counts[code])))
    return tabs

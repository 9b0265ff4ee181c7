"""Which rule packs apply to a complaint: found once, at receipt and at re-assessment (ARCHITECTURE §11.12).

One main pack: of the activations that fit, the one with the closest filter. Packs that run beside it. And, where the
main pack sets no time for something (many laws say nothing about confirming receipt, or about how long a complainant
may think), the organisation's own pack fills in: the one that is active without any filter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, F, Q, QuerySet

from amends.framework.models import Activation, Product, RulePackVersion
from amends.framework.rules.parts import Clock, Pack
from amends.framework.rules.reading import read_pack

#: Kinds of clocks that the organisation's own pack supplies where no other applying pack has one.
FILLED_IN = frozenset({"acknowledgement", "decision", "answer", "review"})


@dataclass(frozen=True)
class Packs:
    """What applies to one complaint."""

    main: RulePackVersion
    beside: tuple[RulePackVersion, ...] = ()
    fill: RulePackVersion | None = None


@dataclass(frozen=True)
class PackClock:
    """A clock with the pack version that it comes from."""

    pack: RulePackVersion
    clock: Clock


def packs_for(*, product: Product | None, site: str, complainant_kind: str, at: datetime) -> Packs:
    """The packs for a complaint received at a moment. One query. Raises RulePackVersion.DoesNotExist without any."""
    rows = activations().filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), starts_at__lte=at)
    found = packs_among(rows, product=product, site=site, complainant_kind=complainant_kind, at=at)
    return found or Packs(main=_first_ever())


def activations() -> QuerySet[Activation]:
    """Every activation with its pack version, in the order of time; what the packs say is read where it is needed."""
    return Activation.objects.select_related("pack_version").defer("pack_version__document").order_by("starts_at", "pk")


def packs_among(
    rows: Iterable[Activation], *, product: Product | None, site: str, complainant_kind: str, at: datetime
) -> Packs | None:
    """The packs for a complaint, if these were all activations, in the order of time. None without a main one."""
    fitting = [(_closeness(row, product, site, complainant_kind), row) for row in rows if row.holds_at(at)]
    fitting = [(score, row) for score, row in fitting if score is not None]
    mains = [(score, row) for score, row in fitting if row.role == Activation.Role.MAIN]
    if not mains:
        return None
    main = max(mains, key=lambda found: (found[0], found[1].starts_at, found[1].pk))[1].pack_version
    own = next((row.pack_version for score, row in reversed(mains) if score == (0, 0, 0)), None)
    beside = tuple({row.pack_version_id: row.pack_version for _, row in fitting if row.role == "beside"}.values())
    return Packs(
        main=main,
        beside=tuple(pack for pack in beside if pack.pk != main.pk),
        fill=own if own is not None and own.pk != main.pk else None,
    )


def state_of_activations() -> str:
    """Another text after each activation and each end of one, so that a page knows whether it is out of date."""
    never = Count("pk", filter=Q(ends_at=F("starts_at")))
    found = Activation.objects.aggregate(made=Count("pk"), ended=Count("ends_at"), never=never)
    return f"{found['made']}.{found['ended']}.{found['never']}"


def with_one_more(rows: Iterable[Activation], new: Activation) -> list[Activation]:
    """How activations would stand if one more were made: those that it takes the place of end where it starts."""
    found = list(rows)
    for row in found:
        if row.has_filter_of(new) and row.is_open_after(new.starts_at):
            row.ends_at = new.starts_at
    new.pk = max((row.pk for row in found), default=0) + 1
    return sorted([*found, new], key=lambda row: (row.starts_at, row.pk))


def _closeness(
    activation: Activation, product: Product | None, site: str, complainant_kind: str
) -> tuple[int, int, int] | None:
    """How closely an activation fits, product before site before kind of complainant; None where it does not."""
    score = [0, 0, 0]
    if activation.product_id is not None:
        if product is None or activation.product_id not in {product.pk, product.parent_id}:
            return None
        score[0] = 2 if activation.product_id == product.pk else 1
    if activation.site:
        if activation.site.casefold() != site.strip().casefold():
            return None
        score[1] = 1
    if activation.complainant_kind:
        if activation.complainant_kind != complainant_kind:
            return None
        score[2] = 1
    return score[0], score[1], score[2]


def _first_ever() -> RulePackVersion:
    """For complaints older than any activation: the first that there was."""
    first = (
        Activation.objects.filter(role=Activation.Role.MAIN, product__isnull=True, site="", complainant_kind="")
        .select_related("pack_version")
        .order_by("starts_at", "pk")
        .first()
    )
    if first is None:
        raise RulePackVersion.DoesNotExist("no rule pack is active")
    return first.pack_version


def own_pack(at: datetime) -> RulePackVersion:
    """The pack that applies where no filter fits. Raises RulePackVersion.DoesNotExist without any."""
    return packs_for(product=None, site="", complainant_kind="", at=at).main


def clocks_of(packs: Packs) -> list[PackClock]:
    """Every clock that may run: of the main pack, of those beside it, and the kinds that nobody else has."""
    found = [PackClock(version, clock) for version in (packs.main, *packs.beside) for clock in rules_of(version).clocks]
    if packs.fill is not None:
        there = {each.clock.kind for each in found}
        found += [
            PackClock(packs.fill, clock)
            for clock in rules_of(packs.fill).clocks
            if clock.kind in FILLED_IN and clock.kind not in there
        ]
    return found


def rules_of(version: RulePackVersion) -> Pack:
    """The rules in a pack version, read once per process: versions never change."""
    return _read(version.digest, _Document(version))


class _Document:
    """Hands over the document only where it has to be read; equal to any other, so that the digest alone decides."""

    def __init__(self, version: RulePackVersion) -> None:
        self.version = version

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Document)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=256)
def _read(digest: str, document: _Document) -> Pack:
    return read_pack(document.version.document)

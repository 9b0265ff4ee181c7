"""How many running complaints would get other rules if an activation were made: looked at before it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Subquery

from amends.complaints.models import AppliedPack, Complaint, Deadline, Party
from amends.complaints.models.complaint import Origin
from amends.framework.models import Activation, Product
from amends.framework.which_packs import Packs, activations, packs_among, with_one_more

#: So many complaints are looked at; where there are more, what was found is a least number.
LOOKED_AT = 20_000
_BATCH = 2_000

#: The packs of a complaint by their keys: the main one, those beside it, the one that fills in.
_Keys = tuple[int | None, tuple[int, ...], int | None]


@dataclass(frozen=True)
class Effect:
    """Of so many running complaints received since the activation begins, so many would get other rules."""

    running: int
    changing: int
    is_all: bool


@dataclass(frozen=True)
class _Running:
    key: int
    product: Product | None
    site: str
    received_at: datetime
    pack: int
    complainant_kind: str


def effect_of(new: Activation) -> Effect:
    """What an unsaved activation would change if it also applied to complaints that run. A query per 1000 or so."""
    rows = with_one_more(activations(), new)
    running = changing = 0
    for batch in _batches(new.starts_at):
        now = _applied(batch)
        running += len(batch)
        changing += sum(now[each.key] != _would_get(rows, each) for each in batch)
        if running >= LOOKED_AT:
            return Effect(running, changing, is_all=False)
    return Effect(running, changing, is_all=True)


def _batches(since: datetime) -> Iterator[list[_Running]]:
    """Complaints that the clock runs for, by their keys: those that recounting would look at."""
    kind = Party.objects.filter(complaint=OuterRef("pk"), role=Party.Role.COMPLAINANT).order_by("pk").values("kind")
    complaints = (
        Complaint.objects.open()
        .filter(Exists(Deadline.objects.open().filter(complaint=OuterRef("pk"))), received_at__gte=since)
        .exclude(origin=Origin.IMPORT)
        .annotate(complainant_kind=Subquery(kind[:1]), group=F("product__parent_id"))
        .order_by("pk")
        .values_list("pk", "product_id", "group", "site", "received_at", "pack_id", "complainant_kind")
    )
    last = 0
    while True:
        found = [_running(*values) for values in complaints.filter(pk__gt=last)[:_BATCH]]
        if not found:
            return
        last = found[-1].key
        yield found


def _running(
    key: int, product: int | None, group: int | None, site: str, received_at: datetime, pack: int, kind: str | None
) -> _Running:
    known = Product(pk=product, parent_id=group) if product is not None else None
    return _Running(key, known, site, received_at, pack, kind or "")


def _applied(batch: Sequence[_Running]) -> dict[int, _Keys]:
    rows = AppliedPack.objects.filter(complaint__gte=batch[0].key, complaint__lte=batch[-1].key, ended_at__isnull=True)
    by_complaint: dict[int, dict[str, list[int]]] = {each.key: {} for each in batch}
    for complaint, role, pack in rows.order_by("id").values_list("complaint_id", "role", "pack_id"):
        if complaint in by_complaint:
            by_complaint[complaint].setdefault(role, []).append(pack)
    return {each.key: _keys_of_rows(by_complaint[each.key], each.pack) for each in batch}


def _keys_of_rows(rows: dict[str, list[int]], pack: int) -> _Keys:
    """As `deadlines.packs_of` reads them."""
    if AppliedPack.Role.MAIN not in rows:
        return pack, (), None
    fill = rows.get(AppliedPack.Role.FILL, [None])
    return rows[AppliedPack.Role.MAIN][0], tuple(rows.get(AppliedPack.Role.BESIDE, ())), fill[0]


def _would_get(rows: Sequence[Activation], complaint: _Running) -> _Keys:
    found = packs_among(
        rows,
        product=complaint.product,
        site=complaint.site,
        complainant_kind=complaint.complainant_kind,
        at=complaint.received_at,
    )
    return _keys_of(found) if found else (complaint.pack, (), None)


def _keys_of(packs: Packs) -> _Keys:
    return packs.main.pk, tuple(pack.pk for pack in packs.beside), packs.fill.pk if packs.fill else None

"""Adding to the controlled lists and changing them. Codes stay for ever; labels and order may change."""

from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from amends.framework import events
from amends.framework.models import Category, Cause, Product, RemedyKind
from amends.framework.permissions import May
from amends.framework.staleness import stale
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import fold
from amends.kit.translated import TranslatedText
from amends.people.models import Unit
from amends.permissions import engine

Item = TypeVar("Item", Category, Product, RemedyKind, Cause)


@transaction.atomic
def add_item(
    model: type[Item],
    label: TranslatedText,
    *,
    by: engine.Person,
    at: datetime,
    code: str = "",
    parent: Item | None = None,
    lead_unit: Unit | None = None,
) -> Item:
    """Add an item to the end of its list. Without a code, one is made from the label."""
    engine.require(by, May.CHANGE_CATALOGUE)
    if not label:
        raise Refusal("label_needed", _("Enter a name in at least one language."), field="label")
    last = model.objects.order_by("-position").values_list("position", flat=True).first() or 0
    item = model(code=code or slugify(fold(str(label)))[:60] or "item", label=label, position=last + 10)
    if parent is not None and isinstance(item, Category | Product):
        item.parent_id = parent.pk
    if lead_unit is not None and isinstance(item, Product):
        item.lead_unit = lead_unit
    try:
        with transaction.atomic():
            item.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal("code_taken", _("There is an item with this name already."), field="label") from error
    record(events.ItemAdded(item=item.subject, list=model.__name__, code=item.code), by=by, at=at)
    return item


@transaction.atomic
def change_item(
    item: Category | Product | RemedyKind | Cause,
    *,
    label: TranslatedText,
    is_active: bool,
    by: engine.Person,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Rename an item, or stop offering it. Complaints that carry it keep it.

    `seen` is the version that was on the page; refuses with `stale` when there is a newer one.
    """
    engine.require(by, May.CHANGE_CATALOGUE)
    if not label:
        raise Refusal("label_needed", _("Enter a name in at least one language."), field="label")
    rows = type(item).objects.filter(pk=item.pk, version=item.version if seen is None else seen)
    if rows.update(label=label, is_active=is_active, version=F("version") + 1) != 1:
        raise stale()
    item.label, item.is_active = label, is_active
    record(
        events.ItemChanged(item=item.subject, list=type(item).__name__, code=item.code, is_active=is_active),
        by=by,
        at=at,
        payload={"label": label.as_dict()},
    )


@transaction.atomic
def change_lead_unit(product: Product, lead_unit: Unit | None, *, by: engine.Person, at: datetime) -> None:
    """Let another unit lead complaints about a product from now on; without one, the organisation itself."""
    engine.require(by, May.CHANGE_CATALOGUE)
    if lead_unit is not None and lead_unit.closed_at is not None:
        raise Refusal("unit_closed", _("This unit is closed. Choose another."), field="lead_unit")
    product.lead_unit = lead_unit
    product.save(update_fields=["lead_unit"])
    record(events.LeadUnitChanged(product=product.subject, unit=lead_unit.subject if lead_unit else None), by=by, at=at)

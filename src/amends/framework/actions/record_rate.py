"""Writing down what another currency is worth."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.framework import events
from amends.framework.models import ExchangeRate
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.money import known_currency
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine

_LARGEST = Decimal(10) ** 9


@transaction.atomic
def record_rate(
    currency: str, rate: Decimal, *, valid_on: date, source: str, by: engine.Person, at: datetime
) -> ExchangeRate:
    """One unit of `currency` is worth `rate` units of the organisation's own from a day on. A later row corrects."""
    engine.require(by, May.RECORD_RATE)
    organisation = the_organisation()
    code = clean_line(currency).upper()
    if not known_currency(code):
        raise Refusal("currency_unknown", _("Enter a currency by its three letters, like USD."), field="currency")
    if code == organisation.currency:
        raise Refusal(
            "own_currency", _("This is the currency of the organisation. It needs no rate."), field="currency"
        )
    if not rate.is_finite() or not Decimal(0) < rate < _LARGEST or rate != rate.quantize(Decimal("1e-10")):
        raise Refusal("rate_unfit", _("Enter a rate above nothing, with ten decimals at most."), field="rate")
    if valid_on > at.astimezone(organisation.zone).date():
        raise Refusal("rate_in_future", _("Nobody knows the rate of a day to come."), field="valid_on")
    said = clean_line(source)[:200]
    if not said:
        raise Refusal("source_needed", _("Say where the rate stands, for example with which bank."), field="source")
    made = ExchangeRate.objects.create(
        currency=code,
        rate=rate,
        valid_on=valid_on,
        source=said,
        recorded_at=at,
        recorded_by_id=by.actor_key if by.actor_kind == "person" else None,
    )
    record(
        events.RateRecorded(rate=made.subject, currency=code, value=f"{rate.normalize():f}", valid_on=valid_on),
        by=by,
        at=at,
        payload={"source": said},
    )
    return made

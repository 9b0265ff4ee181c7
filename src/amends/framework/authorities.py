"""What a decision costs, and whose limit covers it. Money is integer minor units of the organisation's currency.

A limit for all kinds holds for everything together; a limit for one kind holds for what is promised of that kind, and
lets nothing through that the limit for all kinds would not. Of several limits of a role the one of the nearest unit
counts. As long as an organisation has no limit at all, its deciding roles are not limited.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal

from babel.numbers import get_currency_precision
from django.db.models import Q

from amends.framework.models import AuthorityLimit, ExchangeRate, FourEyesRule


@dataclass(frozen=True)
class Sums:
    """What a response promises: by kind, and together. None: it cannot be counted and is over every limit."""

    by_kind: Mapping[int, int | None] = field(default_factory=dict)

    @property
    def together(self) -> int | None:
        """Everything that is promised."""
        counted = [amount for amount in self.by_kind.values() if amount is not None]
        return sum(counted) if len(counted) == len(self.by_kind) else None


def sums_of(promises: Iterable[tuple[int, int | None, str]], own: str, on: date) -> Sums:
    """Add up (kind, amount, currency). An amount in a currency without a recorded rate cannot be counted."""
    by_kind: dict[int, int | None] = {}
    rates: dict[str, Decimal | None] = {}
    for kind, amount, currency in promises:
        if amount and currency != own and currency not in rates:
            rates[currency] = rate_on(currency, on)
        worth = _worth(amount, currency, own, rates)
        before = by_kind.get(kind, 0)
        by_kind[kind] = None if worth is None or before is None else before + worth
    return Sums(by_kind)


def _worth(amount: int | None, currency: str, own: str, rates: Mapping[str, Decimal | None]) -> int | None:
    if not amount or currency == own:
        return amount or 0
    rate = rates[currency]
    if rate is None:
        return None
    # Rounded up: rounding never lets a promise slip below a limit.
    digits = get_currency_precision(own) - get_currency_precision(currency)
    return int((Decimal(amount) * rate).scaleb(digits).to_integral_value(ROUND_CEILING))


def rate_on(currency: str, on: date) -> Decimal | None:
    """The rate that held on a day: the newest one valid by then."""
    rows = ExchangeRate.objects.filter(currency=currency, valid_on__lte=on).order_by("-valid_on", "-id")
    return rows.values_list("rate", flat=True).first()


@dataclass(frozen=True)
class Limits:
    """The limits in force at a moment."""

    rows: tuple[AuthorityLimit, ...]

    def for_role(self, role: str, unit_path: str, courses: frozenset[str]) -> "RoleLimits":
        """Those of a role that count in a unit for somebody with these trainings, the nearest unit first."""
        fit = [row for row in self.rows if row.role == role and _is_over(row, unit_path)]
        fit.sort(key=lambda row: -len(row.unit.path) if row.unit else 0)
        nearest: dict[int | None, AuthorityLimit] = {}
        for row in fit:
            nearest.setdefault(row.kind_id, row)
        return RoleLimits(nearest, courses, is_unlimited=not self.rows)


def _is_over(row: AuthorityLimit, unit_path: str) -> bool:
    return row.unit is None or unit_path.startswith(row.unit.path)


@dataclass(frozen=True)
class RoleLimits:
    """What one role may promise in one unit."""

    by_kind: Mapping[int | None, AuthorityLimit]
    courses: frozenset[str] = frozenset()
    is_unlimited: bool = False

    def covers(self, sums: Sums) -> bool:
        """Whether all of it is within. What promises nothing needs no authority."""
        if self.is_unlimited or not sums.by_kind:
            return True
        everything = self.by_kind.get(None)
        if everything is not None and not self._lets(everything, sums.together):
            return False
        return all(
            self._lets(self.by_kind[kind], amount) if kind in self.by_kind else everything is not None
            for kind, amount in sums.by_kind.items()
        )

    def _lets(self, limit: AuthorityLimit, amount: int | None) -> bool:
        if limit.course and limit.course not in self.courses:
            return False
        return limit.most is None or (amount is not None and amount <= limit.most)

    @property
    def everything(self) -> AuthorityLimit | None:
        """The limit for all kinds together."""
        return self.by_kind.get(None)


def limits_at(at: datetime) -> Limits:
    """The limits in force at a moment. One query."""
    rows = AuthorityLimit.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), starts_at__lte=at)
    return Limits(tuple(rows.select_related("unit", "kind")))


def four_eyes_now() -> FourEyesRule:
    """The rule in force; before anybody chose one, always two people, and never whoever investigated."""
    return FourEyesRule.objects.order_by("-version").first() or FourEyesRule(version=0)

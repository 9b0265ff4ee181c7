"""What somebody wants to know: which complaints, and what should have been different."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from amends.calendars.limits import Limit
from amends.calendars.models import CalendarVersion
from amends.complaints.models import Deadline
from amends.complaints.models.complaint import ComplaintQuerySet, Kind
from amends.framework.models import Product, RulePackVersion
from amends.people.models import Unit

#: What can be late: times that we owe. What only ends (a chance to settle early) or is owed to us cannot.
JUDGED = (
    Deadline.Kind.ACKNOWLEDGEMENT,
    Deadline.Kind.DECISION,
    Deadline.Kind.REVIEW,
    Deadline.Kind.UPDATE,
    Deadline.Kind.OTHER,
)


@dataclass(frozen=True)
class Among:
    """Which complaints are looked at: all of them where nothing is said. `before` is the first moment after."""

    since: datetime | None = None
    before: datetime | None = None
    unit: Unit | None = None
    product: Product | None = None
    pack: str = ""

    def of(self, complaints: ComplaintQuerySet) -> ComplaintQuerySet:
        """Those complaints among the given ones. Enquiries, praise and what was only tried out are none."""
        wanted = Q(kind=Kind.COMPLAINT)
        if self.since is not None:
            wanted &= Q(received_at__gte=self.since)
        if self.before is not None:
            wanted &= Q(received_at__lt=self.before)
        if self.unit is not None and not self.unit.is_root:
            wanted &= Q(lead_unit__path__startswith=self.unit.path)
        if self.product is not None:
            wanted &= Q(product=self.product) | Q(product__parent=self.product)
        if self.pack:
            wanted &= Q(pack__pack=self.pack)
        return complaints.real().filter(wanted)


@dataclass(frozen=True)
class OtherLimit:
    """Another time for clocks of a kind."""

    kind: str
    limit: Limit


@dataclass(frozen=True)
class Instead:
    """What should have been different; nothing, where nothing is said. All of it can be asked at once.

    `keeps_pauses`: the times a clock stood still, and the extensions, count as they were recorded, where the other
    rules allow them.
    """

    pack: RulePackVersion | None = None
    limit: OtherLimit | None = None
    calendar: CalendarVersion | None = None
    keeps_pauses: bool = True

    @property
    def is_nothing(self) -> bool:
        """Whether everything stays as it was."""
        return self == Instead()

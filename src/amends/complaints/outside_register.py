"""What went to outside bodies and what was passed on outside, as far as a person may read it, narrowed and counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from amends.complaints.models import Complaint, OutsideDisclosure, Referral
from amends.complaints.permissions import visible_to
from amends.complaints.stages import ENDED
from amends.people.standing import Staff

Compared = Referral.Compared

#: Stands for all bodies that are not on the list.
UNLISTED = "-"
_CHUNK = 500
#: Nobody has decided there, and the complaint goes on here.
STILL_THERE = Q(outcome="") & ~Q(complaint__stage__in=[stage.value for stage in ENDED])


@dataclass(frozen=True)
class ReferralFilter:
    """What is looked for; empty means everything. `state`: open or over."""

    body: str = ""
    year: int | None = None
    state: str = ""
    compared: str = ""

    def of(self, person: Staff) -> QuerySet[Referral]:
        """The referrals that fit, of complaints that the person may read."""
        rows = Referral.objects.filter(complaint__in=visible_to(person))
        if self.body:
            rows = rows.filter(listed__isnull=True) if self.body == UNLISTED else rows.filter(listed__code=self.body)
        if self.year is not None:
            rows = rows.filter(referred_on__gte=date(self.year, 1, 1), referred_on__lte=date(self.year, 12, 31))
        if self.state:
            rows = rows.filter(STILL_THERE) if self.state == "open" else rows.exclude(STILL_THERE)
        return rows.filter(compared=self.compared) if self.compared else rows


@dataclass(frozen=True)
class ReferralCounts:
    """How many there are, and how what was decided there compares with what we did. `days`: on average, until then."""

    total: int
    open: int
    same: int
    more: int
    less: int
    not_comparable: int
    days: int | None


def counts_of(rows: QuerySet[Referral]) -> ReferralCounts:
    """What is real of them. One query."""
    rows = rows.filter(complaint__in=Complaint.objects.real())
    took = ExpressionWrapper(F("decided_on") - F("referred_on"), output_field=DurationField())
    found = rows.order_by().aggregate(
        total=Count("pk"),
        open=Count("pk", filter=STILL_THERE),
        same=Count("pk", filter=Q(compared=Compared.SAME)),
        more=Count("pk", filter=Q(compared=Compared.MORE)),
        less=Count("pk", filter=Q(compared=Compared.LESS)),
        not_comparable=Count("pk", filter=Q(compared=Compared.NOT_COMPARABLE)),
        took=Avg(took),
    )
    average: timedelta | None = found.pop("took")
    return ReferralCounts(**found, days=round(average / timedelta(days=1)) if average is not None else None)


def with_body(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    """With everything a row of the list shows."""
    return rows.select_related("listed", "complaint").prefetch_related("complaint__parties")


@dataclass(frozen=True)
class DisclosureFilter:
    """What is looked for; empty means everything."""

    what: str = ""
    ground: str = ""
    year: int | None = None
    named: bool = False

    def of(self, person: Staff) -> QuerySet[OutsideDisclosure]:
        """What was passed on of complaints that the person may read."""
        rows = OutsideDisclosure.objects.filter(complaint__in=visible_to(person))
        columns = {"what": self.what, "ground": self.ground}
        rows = rows.filter(**{name: value for name, value in columns.items() if value})
        if self.year is not None:
            rows = rows.filter(given_on__gte=date(self.year, 1, 1), given_on__lte=date(self.year, 12, 31))
        return rows.filter(names_complainant=True) if self.named else rows


def with_complaint(rows: QuerySet[OutsideDisclosure]) -> QuerySet[OutsideDisclosure]:
    """With everything a row of the register shows."""
    return rows.select_related("complaint", "person").prefetch_related("evidence", "complaint__parties")


def walked(rows: QuerySet[OutsideDisclosure]) -> Iterator[OutsideDisclosure]:
    """All of them, newest first, a few hundred in memory at once."""
    return with_complaint(rows).order_by("-at", "-id").iterator(chunk_size=_CHUNK)

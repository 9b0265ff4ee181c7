"""The times we promise: always those of the rules that apply, never typed by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.calendars.limits import Limit
from amends.complaints.deadlines import packs_of
from amends.complaints.models import Complaint, Deadline, Pause
from amends.framework.models import Activation
from amends.framework.rules.parts import Clock, DeemedOutcome
from amends.framework.rules.vocabulary import Start
from amends.framework.which_packs import Packs, clocks_of, packs_for, rules_of
from amends.ui import formatting

Kind = Deadline.Kind
Row = tuple[str | Promise, str]

_STANDS_STILL: dict[str, str | Promise] = {
    Pause.Why.COMPLAINANT.value: _("While we wait for your answer our time stands still, for at most"),
    Pause.Why.THIRD_PARTY.value: _("While we wait for somebody outside our time stands still, for at most"),
    Pause.Why.COURT.value: _("While a court or authority deals with it our time stands still, for at most"),
    Pause.Why.OTHER.value: _("For other reasons our time can stand still, for at most"),
}


@dataclass(frozen=True)
class Times:
    """How long each step may take: the clock of it, or None where no rule says so.

    `differ`: other rules may apply to what one complains about, so that these are only the usual times.
    """

    acknowledgement: Clock | None = None
    decision: Clock | None = None
    answer: Clock | None = None
    review: Clock | None = None
    news: Clock | None = None
    deemed: DeemedOutcome | None = None
    has_second_stage: bool = False
    differ: bool = False

    @property
    def decision_waits(self) -> bool:
        """Whether the time for the decision begins only when receipt was confirmed."""
        return self.decision is not None and self.decision.starts == Start.ACKNOWLEDGED

    @property
    def new_date(self) -> Limit | None:
        """How far away the new date is that we name when we are late with the decision."""
        return self.decision.new_date_when_late if self.decision else None


def times_of(complaint: Complaint) -> Times:
    """The times that hold for a complaint. One query."""
    return _times(packs_of(complaint))


def times_now(at: datetime) -> Times:
    """The times for a complaint about anything that comes in now. Two queries."""
    packs = packs_for(product=None, site="", complainant_kind="", at=at)
    return _times(packs, differ=_others_apply(packs, at))


def if_it_takes_longer(clock: Clock | None) -> list[Row]:
    """How the time for a decision or a review can grow: each way with its limit."""
    if clock is None:
        return []
    rows: list[Row] = []
    if clock.extension is not None and clock.extension.times > 1:
        rows.append((_("More time, each time"), formatting.limit(clock.extension.most)))
        rows.append((_("How often at most"), formatting.number(clock.extension.times)))
    elif clock.extension is not None:
        rows.append((_("More time, once"), formatting.limit(clock.extension.most)))
    rows += [(_STANDS_STILL[permit.why.value], formatting.limit(permit.cap)) for permit in clock.pauses]
    if clock.outer is not None:
        rows.append((_("In all, at most"), formatting.limit(clock.outer)))
    return rows


def _times(packs: Packs, *, differ: bool = False) -> Times:
    clocks = [each.clock for each in clocks_of(packs)]
    rules = rules_of(packs.main)
    return Times(
        acknowledgement=_first(Kind.ACKNOWLEDGEMENT, clocks),
        decision=_first(Kind.DECISION, clocks),
        answer=_first(Kind.ANSWER, clocks),
        review=next((clock for clock in clocks if clock.kind == Kind.REVIEW.value), None),
        news=_first(Kind.UPDATE, clocks),
        deemed=rules.deemed_outcome,
        has_second_stage=rules.stage(2) is not None,
        differ=differ,
    )


def _first(kind: Deadline.Kind, clocks: Iterable[Clock]) -> Clock | None:
    """The clock of a kind in first handling. Where several packs have one it is that of the main pack: what is stricter
    only makes us faster than we promise here."""
    return next((clock for clock in clocks if clock.kind == kind.value and clock.stage < 2), None)


def _others_apply(packs: Packs, at: datetime) -> bool:
    """Whether what one complains about, where, or who one is can bring other rules."""
    running = Activation.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), starts_at__lte=at)
    known = {packs.main.pk, *(pack.pk for pack in packs.beside)}
    return running.exclude(pack_version__in=known).exclude(product__isnull=True, site="", complainant_kind="").exists()

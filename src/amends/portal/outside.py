"""Where else somebody can turn with a complaint, and until when."""

from dataclasses import dataclass
from datetime import datetime

from amends.complaints.models import Complaint, Deadline
from amends.framework.rules.parts import ExternalBody
from amends.framework.which_packs import rules_of
from amends.kit.money import Money
from amends.portal.facts import Clocks


@dataclass(frozen=True)
class Outside:
    """A body outside the organisation. `until`: while a time for it runs. `below`: up to which value it takes it."""

    name: str
    url: str
    about: str
    until: datetime | None
    below: Money | None


def outside_of(complaint: Complaint, clocks: Clocks, now: datetime, *, opened: str = "external") -> list[Outside]:
    """The bodies that the rules of a complaint name: all, or the one that something has opened.

    Empty where they name none that can be found anywhere: then the one that the organisation has set is told.
    """
    bodies = [body for body in rules_of(complaint.pack).external if opened in {"external", body.code}]
    if not any(body.url for body in bodies):
        return []
    return [
        Outside(
            name=str(body.name),
            url=body.url or "",
            about=str(body.admissibility) if body.url else "",
            until=_until(complaint, clocks, body, now),
            below=_below(body, now),
        )
        for body in bodies
    ]


def _until(complaint: Complaint, clocks: Clocks, body: ExternalBody, now: datetime) -> datetime | None:
    """The right to go there does not end with our complaint, so a clock that has fallen away is looked at as well."""
    if body.clock is None:
        return None
    found = [
        deadline.due_at
        for deadline in clocks.deadlines
        if deadline.kind == Deadline.Kind.EXTERNAL
        and (deadline.code, deadline.pack_id) == (body.clock, complaint.pack_id)
        and deadline.met_at is None
    ]
    return found[-1] if found and found[-1] > now else None


def _below(body: ExternalBody, now: datetime) -> Money | None:
    minor = body.money.below_in(now.year) if body.money else None
    return Money(minor, body.money.currency) if body.money and minor is not None else None

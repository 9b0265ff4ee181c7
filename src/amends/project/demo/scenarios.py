"""How far complaints of the demonstration get, and how many of each there are.

A leg is a stretch of acts with its length in working days; what remains until now is the idle time. An open complaint
has an age instead: its one leg ends where the idle time begins. Acts are spread over a leg by their weight.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amends.complaints.stages import Stage
from amends.project.demo.acts import (
    answer,
    ask,
    assess,
    assign,
    inform,
    investigate,
    note,
    nudge,
    rule_out,
    withdraw,
)
from amends.project.demo.case import Case
from amends.project.demo.deciding import (
    accept,
    approve,
    attempt,
    close_exhausted,
    close_final,
    close_satisfied,
    close_silent,
    communicate,
    find,
    find_again,
    hear_result,
    open_review,
    prove,
    refer,
    reject,
    reopen,
    respond,
    respond_again,
    send_back,
    verify,
    watch,
)

Act = Callable[[Case, datetime], None]
Range = tuple[float, float]

#: How long an act takes compared with others of its leg.
WEIGHT: dict[Act, float] = {
    assign: 0.25,
    assess: 0.4,
    investigate: 0.3,
    find: 2.5,
    find_again: 2.5,
    communicate: 0.3,
    prove: 2.0,
}
USUAL_WEIGHT = 0.7


class Needs(StrEnum):
    """Which stories fit."""

    ANY = "any"
    REMEDIES = "remedies"
    NO_REMEDIES = "no_remedies"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Leg:
    """Acts, and within how many working days they happen."""

    acts: tuple[Act, ...]
    length: Range = (0.0, 0.0)


@dataclass(frozen=True)
class Scenario:
    """What becomes of so many complaints."""

    name: str
    count: int
    ends: Stage
    legs: tuple[Leg, ...] = ()
    age: Range | None = None
    #: Working days since the last act; None for history, which is spread over the last months.
    idle: Range | None = None
    needs: Needs = Needs.ANY
    remedy_due: tuple[int, int] | None = None
    #: Received exactly so many working days before the next day on which something falls due.
    days_before_due: int | None = None
    is_silent: bool = False
    is_settled_at_once: bool = False
    subject: str = ""
    story: str = ""
    tracked: str = ""
    again: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether the day of receipt may not be moved."""
        return self.days_before_due is not None or bool(self.again) or self.is_silent or bool(self.subject)


FOUND: tuple[Act, ...] = (assign, assess, investigate, find)
PROPOSED: tuple[Act, ...] = (*FOUND, respond)
TOLD: tuple[Act, ...] = (*PROPOSED, approve, communicate)
TOLD_AGAIN: tuple[Act, ...] = (find_again, respond_again, approve, communicate)
SETTLED: tuple[Act, ...] = (prove, verify, close_satisfied)
IN_TIME: Range = (2.5, 14.2)
S = Stage
SOON = (2, 20)

SCENARIOS: tuple[Scenario, ...] = (
    # ---- open, before a decision
    Scenario("new", 10, S.RECEIVED, age=(0.05, 1.6), idle=(0.05, 1.5)),
    Scenario("unconfirmed", 1, S.RECEIVED, age=(3.5, 4.5), idle=(3.0, 4.0), is_silent=True),
    Scenario("assigned", 6, S.RECEIVED, (Leg((assign,)),), age=(0.4, 3.0), idle=(0.1, 1.0)),
    Scenario("assessed", 8, S.ASSESSED, (Leg((assign, assess)),), age=(1.0, 8.0), idle=(0.1, 4.0)),
    Scenario("assessed late", 2, S.ASSESSED, (Leg((assign, assess)),), age=(16.2, 19.0), idle=(8.0, 12.0)),
    Scenario("investigating", 11, S.INVESTIGATING, (Leg(FOUND[:3]),), age=(2.0, 12.0), idle=(0.2, 5.0)),
    Scenario("waiting", 7, S.INVESTIGATING, (Leg((*FOUND[:3], ask)),), age=(2.5, 11.5), idle=(0.3, 4.0)),
    Scenario("answered", 5, S.INVESTIGATING, (Leg((*FOUND[:3], ask, answer)),), age=(3.0, 12.0), idle=(0.05, 1.5)),
    Scenario("nudged", 3, S.INVESTIGATING, (Leg((*FOUND[:3], nudge)),), age=(5.0, 12.0), idle=(0.05, 2.0)),
    Scenario("found", 4, S.INVESTIGATING, (Leg(FOUND),), age=(4.0, 12.5), idle=(0.1, 2.0)),
    Scenario("investigating late", 4, S.INVESTIGATING, (Leg(FOUND[:3]),), age=(16.2, 21.0), idle=(3.0, 8.0)),
    Scenario("due today", 3, S.INVESTIGATING, (Leg(FOUND[:3]),), idle=(2.0, 5.0), days_before_due=15),
    Scenario("sent back", 4, S.INVESTIGATING, (Leg((*PROPOSED, send_back)),), age=(6.0, 12.5), idle=(0.1, 1.5)),
    Scenario(
        "about a colleague",
        1,
        S.INVESTIGATING,
        (Leg((assign, assess, investigate, note)),),
        age=(5.0, 7.0),
        idle=(0.5, 2.0),
        story="rude-clerk",
        subject="toomas",
    ),
    Scenario(
        "track question",
        1,
        S.INVESTIGATING,
        (Leg((assign, assess, investigate, inform, ask)),),
        age=(6.0, 7.0),
        idle=(0.5, 1.5),
        story="estimated-bill",
        tracked="question",
    ),
    Scenario("proposed", 8, S.PROPOSED, (Leg(PROPOSED),), age=(4.0, 12.8), idle=(0.05, 1.8)),
    Scenario("proposed late", 1, S.PROPOSED, (Leg(PROPOSED),), age=(16.5, 18.0), idle=(0.3, 1.0)),
    Scenario("decided", 4, S.DECIDED, (Leg((*PROPOSED, approve)),), age=(5.0, 12.8), idle=(0.05, 0.6), remedy_due=SOON),
    # ---- told, settling
    Scenario("communicated", 12, S.COMMUNICATED, (Leg(TOLD, IN_TIME),), idle=(0.1, 12.5), remedy_due=SOON),
    Scenario(
        "track decision",
        1,
        S.COMMUNICATED,
        (Leg(TOLD, (8.0, 10.0)),),
        idle=(0.5, 1.5),
        remedy_due=(8, 12),
        story="water-off-no-notice",
        tracked="decision",
    ),
    Scenario(
        "communicated, no answer",
        1,
        S.COMMUNICATED,
        (Leg(TOLD, IN_TIME), Leg((attempt,), (15.2, 16.0))),
        idle=(0.5, 1.5),
        needs=Needs.NO_REMEDIES,
    ),
    Scenario(
        "communicated after review",
        2,
        S.COMMUNICATED,
        (Leg(TOLD, IN_TIME), Leg((reject, open_review), (1.5, 5.0)), Leg(TOLD_AGAIN, (4.0, 8.5))),
        idle=(0.3, 6.0),
        remedy_due=SOON,
    ),
    Scenario(
        "accepted",
        7,
        S.ACCEPTED,
        (Leg(TOLD, IN_TIME), Leg((accept,), (0.3, 6.0))),
        idle=(0.1, 5.0),
        needs=Needs.REMEDIES,
        remedy_due=SOON,
    ),
    Scenario(
        "remedy due today",
        3,
        S.ACCEPTED,
        (Leg(TOLD, IN_TIME), Leg((accept,), (0.3, 6.0))),
        idle=(1.0, 5.0),
        needs=Needs.REMEDIES,
        remedy_due=(0, 0),
    ),
    Scenario(
        "remedy late",
        1,
        S.ACCEPTED,
        (Leg(TOLD, IN_TIME), Leg((accept,), (0.3, 4.0))),
        idle=(6.0, 9.0),
        needs=Needs.REMEDIES,
        remedy_due=(-3, -2),
    ),
    Scenario(
        "remedied",
        4,
        S.REMEDIED,
        (Leg(TOLD, IN_TIME), Leg((accept, prove), (2.0, 12.0))),
        idle=(0.1, 3.0),
        needs=Needs.REMEDIES,
    ),
    Scenario(
        "verified",
        4,
        S.VERIFIED,
        (Leg(TOLD, IN_TIME), Leg((accept, prove, verify), (3.0, 12.0))),
        idle=(0.1, 2.0),
        needs=Needs.REMEDIES,
    ),
    Scenario(
        "rejected",
        5,
        S.REJECTED,
        (Leg(TOLD, IN_TIME), Leg((reject,), (0.3, 8.0))),
        idle=(0.1, 2.5),
        remedy_due=SOON,
    ),
    Scenario(
        "in review",
        4,
        S.IN_REVIEW,
        (Leg(TOLD, IN_TIME), Leg((reject, open_review), (1.5, 8.0))),
        idle=(0.5, 7.5),
        remedy_due=SOON,
    ),
    Scenario(
        "review late",
        1,
        S.IN_REVIEW,
        (Leg(TOLD, IN_TIME), Leg((reject, open_review), (1.5, 8.0))),
        idle=(11.2, 12.5),
        needs=Needs.NO_REMEDIES,
    ),
    Scenario(
        "with the outside body",
        3,
        S.EXTERNAL,
        (Leg(TOLD, IN_TIME), Leg((reject, refer, watch), (3.0, 9.0))),
        idle=(2.0, 15.0),
        needs=Needs.NO_REMEDIES,
    ),
    Scenario(
        "outside body has decided",
        1,
        S.EXTERNAL,
        (Leg(TOLD, IN_TIME), Leg((reject, refer), (3.0, 9.0)), Leg((hear_result,), (15.0, 20.0))),
        idle=(0.3, 1.5),
        needs=Needs.NO_REMEDIES,
    ),
    Scenario(
        "reopened",
        3,
        S.REOPENED,
        (Leg(TOLD, IN_TIME), Leg((accept, *SETTLED), (4.0, 12.0)), Leg((reopen,), (6.0, 14.0))),
        idle=(0.2, 6.0),
    ),
    # ---- ended
    Scenario(
        "closed",
        85,
        S.CLOSED,
        (Leg(TOLD, IN_TIME), Leg((accept, *SETTLED), (2.0, 14.0))),
        needs=Needs.REMEDIES,
    ),
    Scenario(
        "track closed",
        1,
        S.CLOSED,
        (Leg(TOLD, (6.0, 9.0)), Leg((accept, *SETTLED), (4.0, 7.0))),
        idle=(5.0, 9.0),
        story="brown-water",
        tracked="closed",
    ),
    Scenario(
        "settled at once",
        14,
        S.CLOSED,
        is_settled_at_once=True,
    ),
    Scenario(
        "closed, nothing promised",
        22,
        S.CLOSED,
        (Leg(TOLD, IN_TIME), Leg((accept, close_satisfied), (1.0, 9.0))),
        needs=Needs.NO_REMEDIES,
    ),
    Scenario(
        "closed without an answer",
        10,
        S.CLOSED,
        (Leg(TOLD, IN_TIME), Leg((attempt, attempt, close_silent), (16.0, 24.0))),
    ),
    Scenario(
        "closed after review",
        6,
        S.CLOSED,
        (
            Leg(TOLD, IN_TIME),
            Leg((reject, open_review), (1.5, 5.0)),
            Leg(TOLD_AGAIN, (4.0, 9.0)),
            Leg((accept, *SETTLED), (3.0, 10.0)),
        ),
    ),
    Scenario(
        "closed, review was final",
        6,
        S.CLOSED,
        (
            Leg(TOLD, IN_TIME),
            Leg((reject, open_review), (1.5, 5.0)),
            Leg(TOLD_AGAIN, (4.0, 9.0)),
            Leg((reject, close_final), (3.0, 10.0)),
        ),
    ),
    Scenario(
        "closed, outside ways exhausted",
        3,
        S.CLOSED,
        (Leg(TOLD, IN_TIME), Leg((reject, refer), (3.0, 9.0)), Leg((hear_result, close_exhausted), (18.0, 26.0))),
        needs=Needs.NO_REMEDIES,
    ),
    Scenario(
        "closed twice",
        2,
        S.CLOSED,
        (
            Leg(TOLD, IN_TIME),
            Leg((accept, *SETTLED), (3.0, 10.0)),
            Leg((reopen,), (6.0, 12.0)),
            Leg((assess, *TOLD[2:]), (4.0, 10.0)),
            Leg((accept, *SETTLED), (2.0, 8.0)),
        ),
        needs=Needs.REMEDIES,
    ),
    Scenario("withdrawn early", 5, S.WITHDRAWN, (Leg((assign, withdraw), (0.5, 4.0)),)),
    Scenario("withdrawn late", 3, S.WITHDRAWN, (Leg((*PROPOSED, withdraw), (4.0, 12.0)),)),
    Scenario("out of scope", 6, S.OUT_OF_SCOPE, (Leg((assign, rule_out), (0.3, 3.0)),), needs=Needs.OUT_OF_SCOPE),
    # ---- the same again, under another token: last, because they repeat one of the above
    Scenario("duplicate", 1, S.RECEIVED, age=(0.2, 0.5), idle=(0.2, 0.4), again="assessed"),
    Scenario("duplicate by telephone", 1, S.RECEIVED, age=(0.3, 0.8), idle=(0.2, 0.4), again="waiting"),
)

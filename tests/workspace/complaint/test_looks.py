"""axe on the pages that no other browser test opens: people, walls, papers, ends of a complaint, what is put right.

Each page once on a desk in light and once on a phone in the dark; the narrowest screen shows whether it fits. Pictures
are kept where `AMENDS_PICTURES` names a folder.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page

from amends.complaints import actions
from amends.complaints.actions.record_result import Order
from amends.complaints.actions.respond import PromisedRemedy
from amends.complaints.models import Complaint, Link, Party, Referral
from amends.complaints.stages import Stage
from amends.framework.actions.record_rate import record_rate
from amends.framework.actions.set_authority import set_authority
from amends.framework.models import RemedyKind
from amends.journal.pseudonyms import name_of
from amends.kit import clock
from amends.people.models import Person
from amends.permissions.roles import Role
from tests import builders
from tests.browser import LOOKS
from tests.cast import World
from tests.workspace.complaint.conftest import address
from tests.workspace.complaint.test_investigation_in_browser import a_busy_investigation

pytestmark = [pytest.mark.browser, pytest.mark.looks]

PICTURES = os.environ.get("AMENDS_PICTURES", "")


@dataclass(frozen=True)
class Shown:
    """A page, and who looks at it."""

    name: str
    who: Person
    path: str


def of(complaint: Complaint, who: Person, *paths: str) -> Iterator[Shown]:
    """Pages of one complaint, named after where it stands."""
    for path in paths:
        yield Shown(f"{complaint.stage} {path}".strip("/ ").replace("/", "-"), who, address(complaint, path))


def of_an_investigation(world: World) -> Iterator[Shown]:
    """Everything that hangs on a complaint while it is looked into."""
    busy, at = a_busy_investigation(world), world.at
    clara, liis = world.as_(world.clara), world.as_(world.liis)
    actions.declare_conflict(busy, world.mark, reason="The complainant is his cousin.", by=clara, at=at)
    subject = Party.objects.get(complaint=busy, role=Party.Role.SUBJECT)
    actions.tell_subject(busy, subject, how="page", by=liis, at=at)
    told = f"/staff/about-me/{name_of(subject.journal_subject)}/"
    yield Shown("about me, told", world.frida, told)
    actions.give_details(busy, subject, text="On Monday you closed the valve.", how="page", by=liis, at=at)
    raised = "The newspaper has asked twice."
    actions.raise_significant(busy, reason=raised, by=liis, at=at)
    yield from of(
        busy,
        world.liis,
        "subject/rights/",
        *(f"subject/1/{step}/" for step in ("support", "statement", "letter")),
        "evidence/",
        "evidence/1/custody/",
        "evidence/1/check/",
        "hearings/",
        "hearings/1/check/",
        "hearings/unheard/",
        "interim/",
        "tasks/2/cancellation/",
        "points/1/questions/",
        "points/1/questions/1/answer/",
        "investigation/level/",
        "hand-over/",
        "significant/",
        "assessment/wrong/",
        "conflict/",
        "correction/",
        "kind/",
        "merge/",
        "related/",
        "redress/",
        "rules/",
        "withdrawal/",
        "voiding/",
        "sheet/",
        "summary/",
        "translations/",
        "translations/text/",
    )
    yield from of(busy, world.clara, "", "walls/", f"walls/{name_of(world.mark.subject)}/lifting/", "readers/")
    yield from of(busy, world.tom, "significant/reaction/")
    yield Shown("about me", world.frida, "/staff/about-me/")
    yield Shown("about me, details", world.frida, told)


def of_other_complaints(world: World) -> Iterator[Shown]:
    """What only a certain stage shows."""
    at, liis, named = world.at, world.as_(world.liis), builders.a_complaint(world, text="Named.")
    actions.name_subject(named, world.zoe, by=world.as_(world.uma), at=at)
    yield from of(named, world.liis, "subject/1/notice/", "acknowledgement/", "merge/", "related/")
    told = builders.a_complaint(world, Stage.COMMUNICATED, text="Told.", points=2)
    party = actions.name_subject(told, world.zoe, by=world.as_(world.uma), at=at)
    actions.tell_subject(told, party, how="page", by=liis, at=at)
    yield from of(told, world.liis, "decision/", "referral/", "subject/1/result/", "subject/1/details/")
    outside = builders.a_complaint(world, Stage.EXTERNAL, text="Outside.", remedies=2)
    sorry = PromisedRemedy(RemedyKind.objects.get(code="change-practice"), "Notices by text message", at.date())
    upheld = Referral.Outcome.UPHELD
    said = {"result": "Warn them.", "outcome": upheld, "decided_on": at.date(), "orders": [Order(sorry, world.liis)]}
    actions.record_result(outside, **said, by=liis, at=at)
    yield from of(outside, world.liis, "", "referral/result/", "looks/", "disclosures/", "closure/", "response/")
    yield from of(outside, world.mark, "remedies/2/reason/")
    yield from of(builders.a_complaint(world, Stage.EXTERNAL), world.liis, "referral/update/")
    over = builders.a_complaint(world, Stage.OUT_OF_SCOPE, text="Buses.")
    yield from of(over, world.liis, "", "reopening/")
    merged = builders.a_complaint(world, Stage.MERGED, text="Twice.")
    into = merged.merged_into
    assert into is not None
    actions.link(into, told, kind=Link.Kind.JOINT, by=liis, at=at, wants_joint_answer=True)
    yield from of(merged, world.liis, "", "merge/end/")
    yield from of(into, world.liis, "", f"related/end/?other={told.reference}")
    yield from of(builders.a_complaint(world, Stage.REOPENED, text="Again."), world.liis, "")
    waiting = builders.a_complaint(world, Stage.PROPOSED, text="Waits.", points=2, remedies=3)
    yield from of(waiting, world.mark, "", "approval/")
    yield from of(builders.a_complaint(world, Stage.DECIDED, text="Decided."), world.liis, "", "communication/")


def of_everything(world: World) -> Iterator[Shown]:
    """Oversight and settings with something in them."""
    at, liis, clara = world.at, world.as_(world.liis), world.as_(world.clara)
    told = builders.a_complaint(world, Stage.ACCEPTED, text="Others too.", remedies=2)
    project = actions.open_redress(told, builders.a_redress(world), by=liis, at=at)
    actions.record_progress(project, contacted=12, put_right=7, note="Mill Lane 1 to 12.", by=liis, at=at)
    yield Shown("redress", world.clara, "/oversight/redress/")
    yield Shown("redress, one", world.liis, "/oversight/redress/1/")
    yield Shown("redress, ending", world.liis, "/oversight/redress/1/ending/")
    yield Shown("remedies", world.clara, "/oversight/remedies/")
    limit = set_authority(Role.DECISION_MAKER, most=50_000, reason="The board said so", by=clara, at=at)
    set_authority(Role.MANAGEMENT_REPRESENTATIVE, most=None, reason="The board said so", by=clara, at=at)
    record_rate("USD", Decimal("0.79"), valid_on=at.date(), source="The central bank", by=clara, at=at)
    for path in ("", "limit/", f"ending/?limit={limit.pk}", "four-eyes/"):
        yield Shown(f"authorities {path}".strip("/ ").partition("?")[0], world.clara, f"/settings/authorities/{path}")
    yield Shown("rates", world.clara, "/settings/rates/")
    for path in ("settings/outside-bodies/new", "settings/training", "oversight/outside", "oversight/disclosures"):
        yield Shown(path.replace("/", " "), world.clara, f"/{path}/")
    yield Shown("tasks, none", world.adam, "/staff/tasks/")
    yield Shown("about me, nothing", world.adam, "/staff/about-me/")
    yield Shown("due", world.liis, "/staff/due/")


def keep(page: Page, name: str, how: str) -> None:
    """A picture of the page, where somebody wants to look at it."""
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{how}.png"), full_page=True)


def examine(page: Page, axe: Callable[[Page], list[str]], name: str) -> list[str]:
    """What is wrong with a page on a desk, on a phone (see LOOKS) and on the narrowest screen."""
    wrong = []
    for width, theme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        wrong += [f"{name}, {width}, {theme}: {found}" for found in axe(page)]
        keep(page, name, f"{width}-{theme}")
    page.set_viewport_size({"width": 320, "height": 900})
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        wrong.append(f"{name} scrolls sideways at 320")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return wrong


@pytest.mark.parametrize("pages", [of_an_investigation, of_other_complaints, of_everything])
def test_every_other_page_is_accessible(site, new_page, axe, sign_in, pages):
    world = builders.a_world(at=clock.now() - timedelta(days=1))
    at_the_browser, wrong = {}, []
    for shown in pages(world):
        if shown.who not in at_the_browser:
            at_the_browser[shown.who] = new_page()
            sign_in(at_the_browser[shown.who], site, shown.who)
        page = at_the_browser[shown.who]
        answer = page.goto(site + shown.path)
        if answer.status != 200:
            wrong.append(f"{shown.name}: {answer.status}")
            continue
        for summary in page.locator("details.disclosure > summary").all():
            summary.click()
        wrong += examine(page, axe, shown.name)
    assert wrong == [], "\n".join(wrong)

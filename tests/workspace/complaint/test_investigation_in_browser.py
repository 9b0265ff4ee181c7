"""An investigation in a real browser: a task asked and answered without JavaScript; and how its pages look."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from amends.complaints import actions
from amends.complaints.actions.add_evidence import Piece
from amends.complaints.actions.give_task import Errand
from amends.complaints.actions.record_hearing import Talk
from amends.complaints.actions.take_interim_measure import Planned
from amends.complaints.models import Complaint, Custody, Evidence, Hearing, InvestigationTask, Issue
from amends.complaints.stages import Stage
from amends.files.taking_in import take_in
from amends.kit import clock
from tests import builders
from tests.cast import World
from tests.workspace.complaint.conftest import address
from tests.workspace.test_in_browser import examine

pytestmark = pytest.mark.browser


def test_a_task_is_asked_and_answered_without_javascript(site, new_page, sign_in):
    world = builders.a_world(at=clock.now() - timedelta(days=1))
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    asker, asked = new_page(javascript=False), new_page(javascript=False, width=390)
    sign_in(asker, site, world.liis)
    sign_in(asked, site, world.zoe)
    asker.goto(f"{site}{address(complaint)}investigation/")
    asker.get_by_role("link", name="Ask somebody to help").click()
    asker.get_by_label("Person or unit").select_option(label="Zoe Marsh")
    asker.get_by_label("What do you ask?").fill("Who printed the notice?")
    asker.get_by_role("button", name="Ask", exact=True).click()
    expect(asker.get_by_text("They are told by mail.")).to_be_visible()
    asked.goto(f"{site}/staff/tasks/")
    asked.get_by_role("link", name="Who printed the notice?").click()
    expect(asked.get_by_role("heading", level=1)).to_have_text("Liis Tamm asks for your help")
    expect(asked.locator("body")).not_to_contain_text(complaint.reference)
    asked.get_by_label("Your answer").fill("The print shop in Harbour.")
    asked.get_by_role("button", name="Send the answer").click()
    expect(asked.get_by_text("Thank you. Liis Tamm is told.")).to_be_visible()
    asker.goto(f"{site}{address(complaint)}investigation/")
    expect(asker.locator("#tasks")).to_contain_text("The print shop in Harbour.")


def a_busy_investigation(world: World) -> Complaint:
    """Everything that the tab can show."""
    at, liis, day = world.at, world.as_(world.liis), world.at.date()
    map_ = take_in(SimpleUploadedFile("map.txt", b"Map", "text/plain"), keep_original=True, at=at)
    complaint = builders.a_complaint(world, Stage.INVESTIGATING, points=2, files=(map_,))
    issue = Issue.objects.get(complaint=complaint, number=1)
    for text in ("Where did the notice go?", "Who printed it?"):
        question = actions.plan_question(complaint, issue, text=text, source="The print shop", by=liis, at=at)
    question.issue.complaint = complaint
    actions.answer_question(question, text="Batch 4471.", source="Delivery note 12", by=liis, at=at)
    level = {"level": "root_cause", "reason": "Four streets had it.", "by": liis, "at": at}
    actions.change_level(complaint, **level)
    map_.refresh_from_db()
    errand = Errand("Which streets got the notice?", day, unit=world.energy, issue=issue, files=[map_])
    task = actions.give_task(complaint, errand, by=liis, at=at)
    actions.answer_task(task, text="Harbour Street only.", by=world.as_(world.bruno), at=at)
    late = actions.give_task(complaint, Errand("Who was on shift?", day, person=world.zoe), by=liis, at=at)
    InvestigationTask.objects.filter(pk=late.pk).update(due_at=at - timedelta(days=2))
    piece = Piece(Evidence.Kind.FILE, "Map of the streets", "Mari Saar", day, place="Room 4", file=map_)
    evidence = actions.add_evidence(complaint, piece, by=liis, at=at)
    handed = {"what": Custody.What.HANDED_OVER, "holder": "Uma Patel", "place": "", "note": "For the expert"}
    actions.move_evidence(evidence, **handed, by=liis, at=at)
    actions.name_subject(complaint, world.frida, by=world.as_(world.uma), at=at)
    talk = Talk(Hearing.Side.WITNESS, Hearing.How.PHONE, day, "It was dry all day.", who="A neighbour")
    actions.record_hearing(complaint, talk, by=liis, at=at)
    steps = [Planned("A plumber comes.", day + timedelta(days=30))]
    actions.take_interim_measure(complaint, measure="Bottled water every day.", steps=steps, by=liis, at=at)
    return complaint


def look(page: Page, name: str) -> None:
    """Save what the page looks like, where a place for pictures is given."""
    place = os.environ.get("AMENDS_PICTURES")
    if not place:
        return
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            page.screenshot(path=str(Path(place) / f"{name}-{width}-{theme}.png"), full_page=True)


def test_the_pages_of_an_investigation_look_right(site, new_page, sign_in, axe):
    world = builders.a_world(at=clock.now() - timedelta(days=1))
    complaint = a_busy_investigation(world)
    ready = builders.a_complaint(world, Stage.ASSESSED)
    page, other = new_page(), new_page()
    sign_in(page, site, world.liis)
    sign_in(other, site, world.zoe)
    here, wrong = site + address(complaint), []
    task = InvestigationTask.objects.get(asked_person=world.zoe)
    for opened, where, name in (
        (page, f"{here}investigation/", "tab"),
        (page, f"{site}{address(ready)}investigation/", "opening"),
        (page, f"{here}tasks/", "ask"),
        (other, f"{site}/staff/tasks/", "tasks"),
        (other, f"{site}/staff/tasks/{task.uid}/", "task"),
    ):
        opened.set_viewport_size({"width": 1440, "height": 900})
        opened.goto(where)
        look(opened, name)
        wrong += examine(opened, axe, name)
    assert wrong == []

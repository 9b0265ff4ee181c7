"""The complaint page: what it shows to whom, its timeline, and what it costs."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.complaints import actions
from amends.complaints.intake import Contact, Representative
from amends.complaints.models import Acknowledgement
from amends.complaints.stages import Stage
from amends.files.taking_in import take_in
from amends.journal.models import ReadEvent
from amends.people.standing import SYSTEM
from tests import builders
from tests.workspace.complaint.conftest import text_of

MOST_QUERIES = 22


def test_it_shows_what_it_is_how_far_it_has_come_and_what_is_next(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING, points=2)
    page = text_of(door.get(world.liis, complaint))
    assert f'<h1 dir="auto">{complaint.title}</h1>' in page
    assert complaint.reference in page
    assert "Priority 3" in page
    assert page.count('class="is-done"') == 2
    assert 'class="is-now" aria-current="step"' in page
    assert "Find out about point 1" in page
    assert "by 23 Mar" in page
    assert "Mari Saar" in page


def test_the_acknowledgement_leaves_its_mark_beside_the_receipt(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    assert "2 Mar, confirmed" not in text_of(door.get(world.liis, complaint))
    actions.acknowledge(complaint, how=Acknowledgement.How.EMAIL, by=SYSTEM, at=world.at)
    assert "2 Mar, confirmed" in text_of(door.get(world.liis, complaint))


def test_a_look_is_recorded_once_before_anything_is_shown(door):
    world = door.world
    complaint = builders.a_complaint(world)
    door.get(world.dario, complaint)
    door.get(world.dario, complaint, "original/")
    read = ReadEvent.objects.get()
    assert (read.field_group, read.acting_as, read.subject_kind) == ("text", "auditor", "complaint")


def test_what_cannot_be_recorded_is_not_shown(door, monkeypatch):
    world = door.world
    complaint = builders.a_complaint(world)

    def full(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("amends.workspace.complaint.opening.note_read", full)
    answer = door.get(world.liis, complaint)
    assert answer.status_code == 503
    assert builders.TEXT not in text_of(answer)


def test_those_who_may_not_know_the_name_see_none(door):
    world = door.world
    complaint = builders.a_complaint(
        world,
        Stage.COMMUNICATED,
        complainant=Contact(name="Hilda Saar"),
        representative=Representative(
            Contact(name="Mari Saar", email="mari@example.org"), relation="daughter", authority="none"
        ),
    )
    for path in ("", "original/", "investigation/", "response/", "files/", "trail/"):
        page = text_of(door.get(world.dario, complaint, path))
        assert "Saar" not in page, path
        assert "Name hidden" in page
        assert "mari@example.org" not in text_of(door.get(world.liis, complaint, path))
    assert "Mari Saar" in text_of(door.get(world.liis, complaint))
    assert "for Hilda Saar" in text_of(door.get(world.liis, complaint))


def test_an_auditor_reads_and_finds_nothing_to_press(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    page = text_of(door.get(world.dario, complaint))
    assert "You can read this complaint" in page
    assert "composer-panel" not in page
    # What everybody who reads it may say, and paper.
    head = page[page.index("page-head-actions") : page.index("stage-bar")]
    assert re.findall(r'<a href="[^"]*/(\w+)/"', head) == ["significant", "wrong", "conflict", "sheet"]
    assert "/identity/" not in page


def test_whoever_recorded_a_complaint_may_open_it_and_write_a_note(door):
    world = door.world
    receipt = actions.receive(builders.an_intake(), token="t" * 32, by=world.as_(world.frida), at=world.at)
    page = text_of(door.get(world.frida, receipt.complaint))
    assert 'id="composer-note"' in page
    assert 'id="composer-message"' not in page


def test_only_what_may_be_done_now_is_offered(door):
    world = door.world

    def offered(stage: Stage) -> set[str]:
        complaint = builders.a_complaint(world, stage, text=f"Text of {stage}.")
        page = text_of(door.get(world.liis, complaint))
        return set(re.findall(rf"/staff/complaints/{complaint.reference}/([a-z/-]+)/\"", page))

    received = offered(Stage.RECEIVED)
    assert {"assessment", "assignment", "subject", "scope", "withdrawal", "replies"} <= received
    assert not {"closure", "reopening", "referral", "points/"} & received
    closed = offered(Stage.CLOSED)
    assert {"reopening", "replies", "access-code"} <= closed
    assert not {"assessment", "assignment", "subject", "scope", "withdrawal", "closure", "acknowledgement"} & closed


def test_a_possible_duplicate_is_named_to_those_who_may_see_it(door):
    world = door.world
    first = builders.a_complaint(world)
    second = builders.a_complaint(world)
    unrelated = builders.a_complaint(world, text="Something else.")
    for one, other in ((first, second), (second, first)):
        page = text_of(door.get(world.liis, one))
        assert "Possible duplicate" in page
        assert other.reference in page
        assert unrelated.reference not in page
    actions.name_subject(first, world.liis, by=world.as_(world.uma), at=world.at)
    assert first.reference not in text_of(door.get(world.liis, second))


# ---------------------------------------------------------------- the timeline


def told(page: str) -> list[str]:
    """The kinds of what stands in the timeline, from the top."""
    return re.findall(r'<li class="timeline-(\w+)"', page)


def with_everything(world, count: int = 1):
    """A complaint with so many messages both ways, notes, files, clocks, points and changes."""
    complaint = builders.a_complaint(world, Stage.INVESTIGATING, text=f"About {count} things.", points=count)
    liis, him = world.as_(world.liis), builders.the_complainant(complaint)
    for number in range(count):
        at = world.at + timedelta(minutes=number)
        upload = SimpleUploadedFile(f"letter-{number}.txt", b"A letter.", "text/plain")
        file = take_in(upload, keep_original=True, at=at)
        actions.reply(complaint, text=f"Reply {number}", files=[file], by=him, at=at)
        actions.write_message(complaint, text=f"Message {number}", by=liis, at=at)
        actions.write_note(complaint, text=f"Note {number}", by=liis, at=at)
        for to in (world.uma, world.liis):
            actions.assign(complaint, to, by=liis, at=at)
    return complaint


def test_messages_and_changes_stand_in_one_line_newest_first(door):
    world = door.world
    page = text_of(door.get(world.liis, with_everything(world)))
    assert told(page)[0] == "event"
    assert told(page)[-1] == "in"
    for words in ("Reply 0", "Message 0", "Note 0", "Investigation opened", "letter-0.txt", builders.an_intake().title):
        assert words in page


@pytest.mark.parametrize(
    ("show", "kinds"),
    [("messages", {"in", "out"}), ("notes", {"note"}), ("changes", {"event", "ok"}), ("nonsense", None)],
)
def test_the_filter_narrows_it(door, show, kinds):
    world = door.world
    complaint = with_everything(world)
    page = text_of(door.client(world.liis).get(f"/staff/complaints/{complaint.reference}/", {"show": show}))
    assert set(told(page)) == (kinds or {"in", "out", "note", "event", "ok"})


def test_the_changes_tell_how_it_came_in_too(door):
    world = door.world
    complaint = with_everything(world)
    client, here = door.client(world.liis), f"/staff/complaints/{complaint.reference}/"
    assert "Complaint received" not in text_of(client.get(here))
    assert "Complaint received" in text_of(client.get(here, {"show": "changes"}))


def test_a_long_run_of_changes_is_folded(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.CLOSED, text="A long story.")
    page = text_of(door.get(world.liis, complaint))
    assert re.search(r"<summary>\d+ earlier changes</summary>", page)
    changes = text_of(door.client(world.liis).get(f"/staff/complaints/{complaint.reference}/?show=changes"))
    assert "earlier change" not in changes


def test_pages_of_fifty_show_everything_once(door):
    world = door.world
    complaint = with_everything(world, 30)
    client, href = door.client(world.liis), f"/staff/complaints/{complaint.reference}/?show=messages"
    found: list[str] = []
    pages = 0
    while href:
        page = text_of(client.get(href.replace("&amp;", "&")))
        found += re.findall(r"(?:Reply|Message) \d+(?=</p>)", page)
        following = re.search(r'<a href="([^"]+)" rel="next">', page)
        href, pages = (following.group(1) if following else ""), pages + 1
    assert pages == 2
    assert len(found) == len(set(found)) == 60


def test_a_page_ends_within_one_moment_without_losing_anything(door):
    world = door.world
    complaint = builders.a_complaint(world, text="All at once.")
    liis = world.as_(world.liis)
    for number in range(70):
        actions.write_note(complaint, text=f"Note {number}", by=liis, at=world.at)
    client = door.client(world.liis)
    first = text_of(client.get(f"/staff/complaints/{complaint.reference}/?show=notes"))
    href = re.search(r'<a href="([^"]+)" rel="next">', first).group(1).replace("&amp;", "&")
    second = text_of(client.get(href))
    shown = [re.findall(r"Note \d+(?=</p>)", page) for page in (first, second)]
    assert [len(notes) for notes in shown] == [50, 20]
    assert len({*shown[0], *shown[1]}) == 70


@pytest.mark.parametrize(
    "cursor", ["x", "-", "1-1", "99999999999999999-1", "9" * 40 + "-1", "1772442000000000-99999999"]
)
def test_a_cursor_that_fits_nothing_breaks_nothing(door, cursor):
    world = door.world
    complaint = builders.a_complaint(world)
    answer = door.client(world.liis).get(f"/staff/complaints/{complaint.reference}/", {"before": cursor})
    assert answer.status_code == 200


def test_a_filter_asked_for_by_script_brings_only_the_timeline_and_says_how_much(door):
    world = door.world
    complaint = with_everything(world)
    whole = door.get(world.liis, complaint)
    part = door.get(world.liis, complaint, **{"HX-Request": "true", "HX-Target": "timeline"})
    assert "HX-Target" in whole["Vary"]
    assert "HX-Target" in part["Vary"]
    assert "<html" not in text_of(part)
    assert told(text_of(part)) == told(text_of(whole))
    assert 'hx-swap-oob="true"' in text_of(part)


def test_an_entry_that_this_version_does_not_know_shows_its_plain_name(door, monkeypatch):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    monkeypatch.setattr("amends.workspace.complaint.sentences.event_called", lambda name: None)
    monkeypatch.setattr("amends.workspace.complaint.sentences._WORDED", {})
    assert "complaints.assessed" in text_of(door.get(world.liis, complaint))


def test_text_of_people_is_never_taken_for_html(door):
    world = door.world
    nasty = '<script>alert("x")</script>'
    complaint = builders.a_complaint(
        world, text=nasty, title=nasty, complainant=Contact(name=nasty, email="x@example.org"), site=nasty
    )
    actions.write_note(complaint, text=nasty, by=world.as_(world.liis), at=world.at)
    for path in ("", "original/", "investigation/", "response/", "assessment/", "replies/"):
        page = text_of(door.get(world.liis, complaint, path))
        assert nasty not in page, path
        assert "&lt;script&gt;" in page, path


# ---------------------------------------------------------------- what it costs


def queries(door, person, complaint) -> int:
    """Queries of a first look within a quarter of an hour, by somebody who is at work."""
    client = door.client(person)
    client.get("/settings/preferences/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/staff/complaints/{complaint.reference}/").status_code == 200
    return len(captured)


def test_one_of_everything_costs_as_much_as_twenty(door):
    world = door.world
    few, many = with_everything(world, 1), with_everything(world, 20)
    assert queries(door, world.liis, few) == queries(door, world.liis, many) <= MOST_QUERIES


@pytest.mark.parametrize("stage", list(builders.WAY_TO))
def test_every_stage_stays_within_its_queries(door, stage):
    world = door.world
    complaint = builders.a_complaint(world, stage, text=f"Text of {stage}.", points=3, remedies=2)
    for person in (world.liis, world.mark, world.clara):
        assert queries(door, person, complaint) <= MOST_QUERIES

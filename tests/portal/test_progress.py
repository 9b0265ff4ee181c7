"""The tracking page."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.complaints import actions
from amends.complaints.models import Complaint, Deadline
from amends.complaints.stages import Stage
from amends.correspondence.models.message import Channel
from amends.framework.models import Organisation
from amends.journal.models import Entry
from amends.journal.recording import leaf_hash
from tests import builders
from tests.cast import World
from tests.portal.conftest import NOW, Moment
from tests.portal.visitor import Visitor, a_complaint_with_code, follower

HEADLINES = {
    Stage.RECEIVED: "We have your complaint",
    Stage.ASSESSED: "We have your complaint and know how urgent it is",
    Stage.INVESTIGATING: "We are looking into your complaint",
    Stage.PROPOSED: "We are preparing our decision",
    Stage.DECIDED: "We are preparing our decision",
    Stage.COMMUNICATED: "Our decision is ready",
    Stage.ACCEPTED: "You have accepted our decision",
    Stage.REMEDIED: "We have done what we promised",
    Stage.VERIFIED: "We have done what we promised",
    Stage.REJECTED: "You do not agree with our decision",
    Stage.IN_REVIEW: "We are looking at your complaint again",
    Stage.EXTERNAL: "Your complaint is with an outside body",
    Stage.CLOSED: "Your complaint is closed",
    Stage.REOPENED: "We have taken up your complaint again",
    Stage.WITHDRAWN: "You have withdrawn your complaint",
    Stage.OUT_OF_SCOPE: "We cannot decide on this complaint",
    Stage.VOID: "This was not recorded as a complaint",
}
#: The sentence below the headline, and what the progress list marks as going on.
SENTENCES = {
    Stage.RECEIVED: ("You will have our decision by Monday 23 March 2026. We are on time.", "Confirmed"),
    Stage.ASSESSED: ("You will have our decision by Monday 23 March 2026. We are on time.", "Looking into it"),
    Stage.INVESTIGATING: ("You will have our decision by Monday 23 March 2026. We are on time.", "Looking into it"),
    Stage.PROPOSED: ("You will have our decision by Monday 23 March 2026. We are on time.", "Decision"),
    Stage.DECIDED: ("You will have our decision by Monday 23 March 2026. We are on time.", "Decision"),
    Stage.COMMUNICATED: ("Please read it, and tell us by Monday 23 March 2026 whether you accept it.", "Decision"),
    Stage.ACCEPTED: ("What we promised will be done by Sunday 22 March 2026.", "Putting it right"),
    Stage.REMEDIED: ("If something is missing, write to us below.", "Putting it right"),
    Stage.VERIFIED: ("If something is missing, write to us below.", "Putting it right"),
    Stage.REJECTED: ("Somebody who did not decide before will look at it again.", "Decision"),
    Stage.IN_REVIEW: ("You will have our decision by Monday 16 March 2026. We are on time.", "Looking at it again"),
    Stage.EXTERNAL: ("Water Ombudsman has had it since Monday 2 March 2026.", "With an outside body"),
    Stage.CLOSED: ("We closed it on Monday 2 March 2026. If something is not right, write to us below", ""),
    Stage.REOPENED: ("You will have our decision by Monday 23 March 2026. We are on time.", "Looking into it"),
    Stage.WITHDRAWN: ("You withdrew it on Monday 2 March 2026. Until Monday 16 March 2026 you can", ""),
    Stage.OUT_OF_SCOPE: ("Our message below says why, and where you can go with it.", ""),
    Stage.VOID: ("If it is a real complaint, write to us below: we look at it again", ""),
}  # fmt: skip


def opened(complaint: Complaint) -> str:
    response = follower(complaint).get("/track/view/")
    assert response.status_code == 200
    return response.content.decode()


def words(page: str) -> str:
    """The text of the page without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<main") :]).split()).replace(" .", ".").replace(" ,", ",")


def headline(page: str) -> str:
    return re.search(r"<h1>(.*?)</h1>", page, re.S).group(1)  # type: ignore[union-attr]


@pytest.mark.parametrize("stage", HEADLINES)
def test_every_stage_says_where_it_stands_and_what_comes_next(world: World, stage: Stage) -> None:
    complaint, _code = a_complaint_with_code(world, stage)
    page = opened(complaint)
    assert headline(page) == HEADLINES[stage]
    sentence, going_on = SENTENCES[stage]
    assert sentence in words(page)
    now = re.findall(r'<li class="is-now".*?progress-title">(.*?) ?<', page)
    assert [title.strip() for title in now] == ([going_on] if going_on else [])


def test_who_did_not_enter_the_codes_is_sent_to_do_so(world: World, visitor: Visitor) -> None:
    a_complaint_with_code(world)
    for path in ("view", "reply", "decision", "withdraw"):
        assert visitor.get(f"/track/{path}/").url == "/en/track/"


def test_the_order_is_status_question_messages_progress_details_proof(world: World) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.INVESTIGATING)
    ask(world, complaint)
    page = opened(complaint)
    places = [page.index(mark) for mark in ("<h1>", "by <b>", 'id="question-title"', 'id="messages-title"',
                                            "progress-list", "key-values", "Proof of receipt")]  # fmt: skip
    assert places == sorted(places)


def ask(world: World, complaint: Complaint, text: str = "Did anyone call you back?") -> None:
    complaint.refresh_from_db()
    actions.write_message(complaint, text=text, needs_reply=True, by=world.as_(world.liis), at=NOW)


def test_an_open_question_is_the_only_highlighted_box_and_can_be_answered_there(world: World) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.INVESTIGATING)
    ask(world, complaint)
    page = opened(complaint)
    assert headline(page) == "We need an answer from you"
    assert page.count("card-warn") + page.count("card-callout") == 1
    assert page.count("Did anyone call you back?") == 1
    assert 'action="/en/track/reply/"' in page


def test_an_answered_question_is_a_message_like_others(world: World) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.INVESTIGATING)
    ask(world, complaint)
    actions.reply(complaint, text="No.", by=builders.the_complainant(complaint), at=NOW)
    page = opened(complaint)
    assert "card-warn" not in page
    assert headline(page) == HEADLINES[Stage.INVESTIGATING]


def test_when_we_are_late_we_say_so_and_apologise(world: World, moment: Moment) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.INVESTIGATING)
    moment.later(days=30)
    page = opened(complaint)
    assert "You should have had our decision by Monday 23 March 2026. We are late, and we are sorry." in words(page)
    assert "tag-danger" in page
    assert "on time" not in words(page)


def test_a_deadline_that_was_moved_names_the_new_day(world: World) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.INVESTIGATING)
    deadline = complaint.deadlines.get(kind=Deadline.Kind.DECISION)
    deadline.extended_from, deadline.due_at = deadline.due_at, deadline.due_at + timedelta(days=7)
    deadline.save()
    assert "We need longer than we first said. You will have our decision by Monday 30 March 2026." in words(
        opened(complaint)
    )


def test_an_answer_after_the_day_is_still_welcome(world: World, moment: Moment) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.COMMUNICATED)
    moment.later(days=40)
    assert "You can still do so." in words(opened(complaint))


def test_in_the_small_profile_disagreeing_leads_to_the_outside_body(world: World) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.REJECTED)
    Organisation.objects.update(profile="small")
    assert "You can take it to an independent body" in words(opened(complaint))


def test_internal_notes_and_what_only_staff_may_see_stay_inside(world: World) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.INVESTIGATING)
    complaint.refresh_from_db()
    actions.write_note(complaint, text="CANARY: she called twice", by=world.as_(world.liis), at=NOW)
    builders._Walk(world, complaint, 1, 1, ()).respond()
    page = opened(complaint)
    assert "CANARY" not in page
    assert "Response proposed" not in page
    assert "You were right: we did not warn you." not in page
    assert "Liis" not in page


def test_messages_come_newest_first_with_who_wrote_them(world: World) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.INVESTIGATING)
    complaint.refresh_from_db()
    liis = world.as_(world.liis)
    actions.write_message(complaint, text="Thank you for telling us.", by=liis, at=NOW)
    actions.reply(complaint, text="Told by phone.", channel=Channel.PHONE, by=liis, at=NOW)
    page = opened(complaint)
    assert page.index("Told by phone.") < page.index("Thank you for telling us.") < page.index(builders.TEXT)
    assert "You, written down by us" in page


def test_texts_are_shown_as_text(world: World) -> None:
    complaint, _code = a_complaint_with_code(world, text="<script>alert(1)</script> & <b>bold</b>")
    page = opened(complaint)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;bold&lt;/b&gt;" in page


def test_the_proof_of_receipt_is_that_of_this_complaint(world: World) -> None:
    complaint, _code = a_complaint_with_code(world)
    assert leaf_hash(Entry.objects.get(event="complaints.received")).hex() in opened(complaint)


def test_what_can_still_be_done_depends_on_the_stage(world: World) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.CLOSED)
    page = opened(complaint)
    assert "/en/track/reply/" in page
    assert "/en/track/withdraw/" not in page
    assert "Read our decision" in page


def test_it_takes_the_same_number_of_queries_for_one_message_and_for_twenty(world: World) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.INVESTIGATING)
    complaint.refresh_from_db()
    visitor = follower(complaint)
    with CaptureQueriesContext(connection) as one:
        visitor.get("/track/view/")
    liis = world.as_(world.liis)
    for number in range(20):
        actions.write_message(complaint, text=f"Message {number}", by=liis, at=NOW)
    with CaptureQueriesContext(connection) as twenty:
        visitor.get("/track/view/")
    assert len(twenty) == len(one) <= 20, [query["sql"] for query in twenty.captured_queries]


def test_of_a_complaint_that_has_ended_nothing_is_asked_any_more(world: World) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.INVESTIGATING)
    ask(world, complaint)
    actions.withdraw(complaint, by=builders.the_complainant(complaint), at=NOW)
    page = opened(complaint)
    assert headline(page) == HEADLINES[Stage.WITHDRAWN]
    assert "card-warn" not in page
    assert "Did anyone call you back?" in page


def test_a_question_beside_a_decision_is_the_one_highlighted_box(world: World) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.COMMUNICATED)
    assert opened(complaint).count("card-callout") == 1
    ask(world, complaint)
    page = opened(complaint)
    assert page.count("card-warn") + page.count("card-callout") == 1
    assert "Read the decision" in page

"""The decision, and the answer to it."""

from dataclasses import replace
from typing import Any

import pytest

from amends.complaints import actions
from amends.complaints.actions.respond import PromisedRemedy
from amends.complaints.models import Answer, Complaint, Finding
from amends.complaints.stages import Stage
from amends.framework.models import Organisation, RemedyKind
from amends.kit.translated import TranslatedText
from tests import builders
from tests.cast import World
from tests.complaints.clocks import apply_pack
from tests.portal.conftest import NOW, Moment
from tests.portal.test_progress import headline, words
from tests.portal.visitor import Visitor, a_complaint_with_code, follower

F = Finding.Result


def decided(world: World, stage: Stage = Stage.COMMUNICATED, **changes: Any) -> tuple[Complaint, Visitor]:
    complaint, _code = a_complaint_with_code(world, stage, **changes)
    return complaint, follower(complaint)


def says(visitor: Visitor, what: str, **more: Any) -> Any:
    return visitor.post("/track/decision/", {"says": what, "round": 1, **more})


@pytest.mark.parametrize(
    ("results", "result"),
    [
        ((F.UPHELD,), "We agree with your complaint"),
        ((F.UPHELD, F.NOT_UPHELD), "We agree in part"),
        ((F.NOT_UPHELD,), "We do not agree"),
        ((F.UNDETERMINED,), "We could not find out what happened"),
    ],
)
def test_the_result_comes_first_then_reasons_then_remedies(world: World, results: Any, result: str) -> None:
    _complaint, visitor = decided(world, points=len(results), results=results)
    page = visitor.get("/track/decision/").content.decode()
    assert headline(page) == result
    main = words(page)
    order = [
        result,
        "You were right",
        "A notice was due two days before",
        "A written apology (1)",
        "By 22 March 2026",
        "Addresses are checked",
        "Accept the decision",
        "I do not agree",
        "an independent body",
    ]
    places = [main.index(part) for part in order]
    assert places == sorted(places)


def test_each_point_gets_its_answer(world: World) -> None:
    _complaint, visitor = decided(world, points=2, results=(F.UPHELD, F.NOT_UPHELD))
    main = words(visitor.get("/track/decision/").content.decode())
    assert "Point 2 : we do not agree" in main
    assert "Water switched off without notice : we agree" in main


def test_remedies_say_what_is_done_and_what_is_still_to_come(world: World) -> None:
    complaint, visitor = decided(world, remedies=2)
    actions.prove_remedy(complaint, 1, proof="Letter", done_on=NOW.date(), by=world.as_(world.liis), at=NOW)
    main = words(visitor.get("/track/decision/").content.decode())
    assert "A written apology (1) Done on 2 March 2026" in main
    assert "A written apology (2) By 22 March 2026" in main


def test_amounts_are_shown_as_money(world: World) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.INVESTIGATING)
    walk = builders._Walk(world, complaint, 1, 1, ())
    walk.find()
    kind = RemedyKind.objects.filter(is_money=True).first()
    assert kind
    remedy = PromisedRemedy(kind, "Back to your account", NOW.date(), amount=12000, currency="GBP")
    proposal = replace(builders.a_proposal(world), remedies=(remedy,))
    actions.respond(complaint, proposal, by=world.as_(world.liis), at=NOW)
    walk.approve()
    walk.communicate()
    assert "Back to your account £120.00" in words(follower(complaint).get("/track/decision/").content.decode())


def test_accepting_asks_once_and_says_what_happens_next(world: World) -> None:
    complaint, visitor = decided(world)
    assert says(visitor, "accepts").url == "/en/track/view/"
    complaint.refresh_from_db()
    assert complaint.stage == Stage.ACCEPTED
    page = words(visitor.get("/track/view/").content.decode())
    assert "You have accepted our decision" in page
    assert "What we promised will be done by Sunday 22 March 2026." in page


def test_accepting_twice_is_accepting_once(world: World) -> None:
    complaint, visitor = decided(world)
    assert [says(visitor, "accepts").url for _ in range(2)] == ["/en/track/view/"] * 2
    assert Answer.objects.filter(complaint=complaint).count() == 1


def test_both_answers_are_full_buttons_of_the_same_size(world: World) -> None:
    _complaint, visitor = decided(world)
    page = visitor.get("/track/decision/").content.decode()
    assert 'class="button button-primary button-lg button-wide" type="submit">Accept the decision' in page
    assert (
        'class="button button-secondary button-lg button-wide" href="/en/track/decision/?answer=no#disagree">I do'
        in page
    )


def test_disagreeing_opens_the_reason_and_says_who_reviews_and_by_when(world: World) -> None:
    complaint, visitor = decided(world)
    page = visitor.get("/track/decision/?answer=no").content.decode()
    assert "Why do you not agree?" in page
    then = "somebody who did not decide before looks at it again. The second look: 10 working days"
    assert then in words(page)
    assert says(visitor, "rejects", reason="Too\x00 little.").url == "/en/track/view/"
    complaint.refresh_from_db()
    assert complaint.stage == Stage.REJECTED
    assert Answer.objects.get().reason == "Too little."


def test_where_the_rules_know_no_second_look_none_is_promised(world: World) -> None:
    apply_pack(world, "uk-fca-disp")
    _complaint, visitor = decided(world)
    page = words(visitor.get("/track/decision/?answer=no").content.decode())
    assert "somebody who did not decide before" not in page
    assert "If you do not agree, you can take it to a body outside. Below you see which." in page
    assert "Financial Ombudsman Service Until: Wednesday 2 September 2026" in page


def test_no_reason_is_needed(world: World) -> None:
    complaint, visitor = decided(world)
    says(visitor, "rejects")
    says(visitor, "rejects")
    complaint.refresh_from_db()
    assert complaint.stage == Stage.REJECTED


def test_in_the_small_profile_the_outside_body_is_offered_instead_of_a_review(world: World) -> None:
    Organisation.objects.update(profile="small", external_body=TranslatedText({"en": "the Water Ombudsman."}))
    _complaint, visitor = decided(world)
    page = visitor.get("/track/decision/?answer=no").content.decode()
    assert "If you do not agree, you can take it to the Water Ombudsman." in page
    assert "somebody who did not decide before looks at it again" not in page


def test_a_reason_that_is_too_long_is_kept_and_not_sent(world: World) -> None:
    complaint, visitor = decided(world)
    response = says(visitor, "rejects", reason="y" * 10_001)
    assert response.status_code == 422
    assert "Shorten this to 10000 characters." in response.content.decode()
    assert "y" * 10_001 in response.content.decode()
    complaint.refresh_from_db()
    assert complaint.stage == Stage.COMMUNICATED


def test_after_the_day_one_can_still_answer(world: World, moment: Moment) -> None:
    complaint, visitor = decided(world)
    assert "Please tell us by Monday 23 March 2026." in words(visitor.get("/track/decision/").content.decode())
    moment.later(days=60)
    visitor = follower(complaint)
    assert "You can still tell us." in words(visitor.get("/track/decision/").content.decode())


def test_who_disagreed_may_change_their_mind(world: World) -> None:
    complaint, visitor = decided(world, Stage.REJECTED)
    page = visitor.get("/track/decision/").content.decode()
    assert "Have you changed your mind?" in page
    assert "?answer=no" not in page
    says(visitor, "accepts")
    complaint.refresh_from_db()
    assert complaint.stage == Stage.ACCEPTED


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.PROPOSED, Stage.DECIDED, Stage.WITHDRAWN])
def test_without_a_decision_there_is_nothing_to_answer(world: World, stage: Stage) -> None:
    complaint, visitor = decided(world, stage)
    assert visitor.get("/track/decision/").url == "/en/track/view/"
    assert says(visitor, "accepts").url == "/en/track/view/"
    complaint.refresh_from_db()
    assert complaint.stage == stage


@pytest.mark.parametrize("stage", [Stage.ACCEPTED, Stage.IN_REVIEW, Stage.EXTERNAL, Stage.CLOSED])
def test_at_a_later_stage_it_can_be_read_but_not_answered(world: World, stage: Stage) -> None:
    complaint, visitor = decided(world, stage)
    page = visitor.get("/track/decision/").content.decode()
    assert headline(page) == "We agree with your complaint"
    assert "Accept the decision" not in page
    given = (
        "accepted our decision on" if stage in {Stage.ACCEPTED, Stage.CLOSED} else "told us on 2 March 2026 that you do"
    )
    assert f"You {given}" in page
    assert says(visitor, "rejects", reason="Not yet typed away").status_code in {409, 422}
    complaint.refresh_from_db()
    assert complaint.stage == stage


def test_an_answer_to_a_decision_that_was_replaced_is_asked_again(world: World) -> None:
    complaint, visitor = decided(world, Stage.IN_REVIEW)
    complaint.refresh_from_db()
    uma, clara = world.as_(world.uma), world.as_(world.clara)
    walk = builders._Walk(world, complaint, 1, 1, ())
    walk.liis = uma
    walk.find()
    actions.respond(complaint, builders.a_proposal(world), by=uma, at=NOW)
    actions.approve(complaint, by=clara, at=NOW)
    actions.communicate(complaint, channel="portal", by=uma, at=NOW)
    response = says(visitor, "accepts", round=1)
    assert response.status_code == 409
    assert "There is a newer decision than the one you answered." in response.content.decode()
    complaint.refresh_from_db()
    assert complaint.stage == Stage.COMMUNICATED
    assert says(visitor, "accepts", round=complaint.round).status_code == 302


@pytest.mark.parametrize("shown", ["", "x", "99", "\x00"])
def test_an_answer_without_its_decision_changes_nothing(world: World, shown: str) -> None:
    complaint, visitor = decided(world)
    assert visitor.post("/track/decision/", {"says": "accepts", "round": shown}).status_code in {409, 422}
    complaint.refresh_from_db()
    assert complaint.stage == Stage.COMMUNICATED

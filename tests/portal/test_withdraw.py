"""Not going on with a complaint."""

import pytest

from amends.complaints.models import Withdrawal
from amends.complaints.stages import Stage
from tests.cast import World
from tests.portal.visitor import a_complaint_with_code, follower


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.INVESTIGATING, Stage.COMMUNICATED, Stage.IN_REVIEW])
def test_it_asks_and_then_ends_the_complaint(world: World, stage: Stage) -> None:
    complaint, _code = a_complaint_with_code(world, stage)
    visitor = follower(complaint)
    page = visitor.get("/track/withdraw/").content.decode()
    assert "Do you want to withdraw your complaint?" in page
    assert 'name="csrfmiddlewaretoken"' in page
    complaint.refresh_from_db()
    assert complaint.stage == stage
    assert visitor.post("/track/withdraw/", {"reason": "It was put right\x00 already."}).url == "/en/track/view/"
    complaint.refresh_from_db()
    assert complaint.stage == Stage.WITHDRAWN
    assert Withdrawal.objects.get().reason == "It was put right already."
    assert "We stop working on it." in visitor.get("/track/view/").content.decode()


def test_no_reason_is_needed_and_twice_is_once(world: World) -> None:
    complaint, _code = a_complaint_with_code(world)
    visitor = follower(complaint)
    assert [visitor.post("/track/withdraw/").url for _ in range(2)] == ["/en/track/view/"] * 2
    assert Withdrawal.objects.count() == 1


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.OUT_OF_SCOPE, Stage.WITHDRAWN])
def test_what_has_ended_cannot_be_withdrawn(world: World, stage: Stage) -> None:
    complaint, _code = a_complaint_with_code(world, stage)
    visitor = follower(complaint)
    before = Withdrawal.objects.count()
    assert visitor.get("/track/withdraw/").url == "/en/track/view/"
    assert visitor.post("/track/withdraw/").url == "/en/track/view/"
    assert Withdrawal.objects.count() == before


def test_a_reason_that_is_too_long_is_kept(world: World) -> None:
    complaint, _code = a_complaint_with_code(world)
    response = follower(complaint).post("/track/withdraw/", {"reason": "z" * 4001})
    assert response.status_code == 422
    assert "z" * 4001 in response.content.decode()
    assert not Withdrawal.objects.exists()

"""Anonymous means: no address of the device, no browser, no moment finer than the minute, anywhere (P-40)."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.cache import cache

from amends.complaints.models import Complaint
from amends.complaints.stages import Stage
from tests.cast import World
from tests.portal.conftest import NOW, Moment
from tests.portal.visitor import LEAST, Visitor, a_complaint_with_code, a_photo

ADDRESS, BROWSER = "203.0.113.77", "Canary/1.0"


def rows() -> list[tuple[str, dict[str, Any]]]:
    return [(model.__name__, row) for model in apps.get_models() for row in model._default_manager.values()]


def test_a_whole_life_of_an_anonymous_complaint_leaves_no_trace(world: World, moment: Moment, caplog: Any) -> None:
    caplog.set_level("DEBUG")
    before = {(name, row.get("id")) for name, row in rows()}
    visitor = Visitor(ADDRESS)
    draft = visitor.fills_in(LEAST)
    visitor.post(f"/complain/{draft.number}/what/", {**LEAST["what"], "attachments": [a_photo()]})
    visitor.post(f"/complain/{draft.number}/what/draft/", {"text": "No water.", "danger": "no"})
    moment.later(seconds=3.5)
    visitor.sends(draft)
    code = visitor.get("/complain/done/").context["code"]
    complaint = Complaint.objects.get()
    visitor.tracks(complaint.reference, code)
    moment.later(minutes=7, seconds=1.25)
    visitor.get("/track/view/")
    visitor.post("/track/reply/", {"text": "One more thing.", "attachments": [a_photo("second.jpg")]})
    visitor.post("/track/withdraw/", {"reason": "Put right."})

    fresh = [(name, row) for name, row in rows() if (name, row.get("id")) not in before]
    assert {"Complaint", "Message", "StoredFile", "Entry", "Session", "Draft", "Withdrawal", "Acknowledgement"} <= {
        name for name, _row in fresh
    }
    exact = {
        (name, field)
        for name, row in fresh
        for field, value in row.items()
        if isinstance(value, datetime) and (value.second or value.microsecond)
    }
    # A deadline is the end of a day, which tells nothing.
    assert exact <= {("Deadline", "due_at"), ("Complaint", "next_due_at")}
    text = str(fresh) + str(getattr(cache, "_cache", ""))
    assert ADDRESS not in text
    assert BROWSER not in text
    assert not any(ADDRESS in record.getMessage() or BROWSER in record.getMessage() for record in caplog.records)


def test_answers_to_a_decision_are_cut_to_the_minute_too(world: World) -> None:
    for says in ("accepts", "rejects"):
        complaint, code = a_complaint_with_code(world, Stage.COMMUNICATED, token=f"token {says}", is_anonymous=True)
        visitor = Visitor(ADDRESS)
        visitor.tracks(complaint.reference, code)
        visitor.post("/track/decision/", {"says": says, "round": 1})
        answer = complaint.answers.get()
        assert (answer.says, answer.at) == (says, NOW.replace(second=0, microsecond=0))

"""More time: the reply is read before it goes out, and what the rules do not give is refused at the field."""

from datetime import date

import pytest

from amends.complaints import actions
from amends.complaints.models import Extension
from amends.complaints.stages import Stage
from amends.correspondence.models import Message
from tests import builders
from tests.complaints.clocks import apply_pack, at, clock, due_day
from tests.workspace.complaint.conftest import text_of, went_to

PATH = "deadlines/2/extension/"
TYPED = {"reason": "The laboratory has the sample.", "how_long": "until", "until": "2026-04-01", "channel": "portal"}


@pytest.fixture
def complaint(door):
    return builders.a_complaint(door.world, Stage.INVESTIGATING)


def number_of(complaint, code: str) -> int:
    return [*complaint.deadlines.order_by("id").values_list("code", flat=True)].index(code) + 1


def test_it_says_how_much_the_rules_give_and_until_when(door, complaint):
    page = text_of(door.get(door.world.liis, complaint, PATH))
    assert "10 working days" in page
    assert "Wednesday 8 April 2026" in page
    assert "As long as the rules give: until Wednesday 8 April 2026" in page


def test_the_reply_can_be_read_before_anything_is_saved(door, complaint, unchanged):
    same = unchanged(complaint)
    page = text_of(door.post(door.world.liis, complaint, PATH, **TYPED, look="1"))
    assert '<p class="written" dir="auto" lang="en">The laboratory has the sample.' in page
    assert "You will hear from us by Wednesday 1 April 2026." in page
    assert same()
    whole = text_of(door.post(door.world.liis, complaint, PATH, **{**TYPED, "how_long": "all"}, look="1"))
    assert "You will hear from us by Wednesday 8 April 2026." in whole


def test_it_goes_out_as_it_was_read_and_the_date_moves(door, complaint):
    read = text_of(door.post(door.world.liis, complaint, PATH, **TYPED, look="1"))
    assert went_to(door.post(door.world.liis, complaint, PATH, **TYPED), complaint)
    message = Message.objects.get(pk=Extension.objects.get().message_id)
    assert message.text.split("\n\n")[1] in read
    assert due_day(clock(complaint, "decision")) == date(2026, 4, 1)
    page = text_of(door.get(door.world.liis, complaint))
    assert "More time was taken, with a reason" in page
    assert "from 23 March 2026 to 1 April 2026" in page


def test_as_long_as_the_rules_give_stops_at_the_outer_limit(door, complaint):
    liis = door.world.as_(door.world.liis)
    for _time in range(2):
        clock_now = clock(complaint, "decision")
        actions.extend(clock_now, reason="x", by=liis, at=at(3))
    assert due_day(clock(complaint, "decision")) == date(2026, 4, 22)
    apply_pack(door.world, "eu-psd2")
    held = builders.a_complaint(door.world, Stage.INVESTIGATING, text="Another matter entirely.")
    path = f"deadlines/{number_of(held, 'reply')}/extension/"
    page = text_of(door.get(door.world.liis, held, path))
    typed = {**TYPED, "how_long": "all", "until": ""}
    assert went_to(door.post(door.world.liis, held, path, **typed), held)
    assert "Wednesday 22 April 2026" in page
    assert due_day(clock(held, "reply")) == date(2026, 4, 22)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": " "}, "Write why it takes longer"),
        ({"until": ""}, "Enter the new day"),
        ({"until": "soon"}, "Enter a day, like 31.12.2026"),
        ({"until": "2026-03-20"}, "Choose a day after the present date."),
        ({"until": "2026-04-09"}, "The rules allow no later day than"),
        ({"how_long": "for ever"}, "Choose until when"),
    ],
)
def test_what_the_rules_do_not_give_is_refused_and_nothing_is_lost(door, complaint, unchanged, changes, words):
    same = unchanged(complaint)
    answer = door.post(door.world.liis, complaint, PATH, **{**TYPED, **changes})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert changes.get("reason", TYPED["reason"]).strip() in text_of(answer)
    assert same()
    assert not Message.objects.filter(direction="out").exists()


def test_what_cannot_be_extended_says_why(door, complaint, at_moment):
    answer = door.get(door.world.liis, complaint, "deadlines/1/extension/")
    assert answer.status_code == 422
    assert "The rules give no more time for this." in text_of(answer)
    at_moment(clock(complaint, "decision").due_at)
    long_reason = "The laboratory has the sample, and its answer takes until the end of the month. " * 2
    late = door.post(door.world.liis, complaint, PATH, **{**TYPED, "reason": long_reason})
    assert late.status_code == 422
    assert "This date has passed." in text_of(late)
    assert long_reason.strip() in text_of(late)
    assert door.get(door.world.liis, complaint, "deadlines/9/extension/").status_code == 404


def test_a_reply_that_lacks_what_the_law_demands_is_not_sent(door):
    apply_pack(door.world, "uk-fca-disp")
    complaint = builders.a_complaint(door.world, Stage.INVESTIGATING)
    number = number_of(complaint, "final_response")
    complaint.language = "ar"
    complaint.save(update_fields=["language"])
    typed = {**TYPED, "how_long": "all", "until": ""}
    page = text_of(door.post(door.world.liis, complaint, f"deadlines/{number}/extension/", **typed, look="1"))
    assert "banner-danger" in page
    assert "Send the reply and move the date" not in page
    assert door.post(door.world.liis, complaint, f"deadlines/{number}/extension/", **typed).status_code == 422
    assert not Extension.objects.exists()


def test_two_who_take_time_at_once(door, complaint):
    version = complaint.version
    assert went_to(door.post(door.world.liis, complaint, PATH, **TYPED), complaint)
    answer = door.post(door.world.liis, complaint, PATH, **{**TYPED, "seen": version, "until": "2026-04-03"})
    assert answer.status_code == 409
    assert Extension.objects.count() == 1

"""The rules of a complaint: which apply and since when, and what looking them up again would change."""

import pytest

from amends.complaints.models import AppliedPack, Deadline
from amends.complaints.stages import Stage
from tests import builders
from tests.complaints.clocks import apply_pack
from tests.workspace.complaint.conftest import text_of, went_to


@pytest.fixture
def complaint(door):
    return builders.a_complaint(door.world, Stage.INVESTIGATING)


def test_it_shows_the_rules_that_apply_and_what_decides_which_fit(door, complaint):
    page = text_of(door.get(door.world.liis, complaint, "rules/"))
    assert "General, to ISO 10002" in page
    assert "The pack of the complaint" in page
    assert "2 March 2026" in page
    assert "Looked up again, the same rules fit." in page
    assert "Apply the rules that fit now" not in page


def test_other_rules_are_shown_before_they_apply_and_then_their_clocks_run(door, complaint):
    apply_pack(door.world, "uk-fca-disp")
    page = text_of(door.get(door.world.liis, complaint, "rules/"))
    assert "Rules that fit now" in page
    answer = door.post(door.world.liis, complaint, "rules/", reason="It is a matter of payments")
    assert went_to(answer, complaint)
    assert Deadline.objects.filter(complaint=complaint, code="final_response").exists()
    kept = AppliedPack.objects.filter(complaint=complaint, ended_at__isnull=True, role="main").get()
    assert (kept.pack.pack, kept.reason) == ("uk-fca-disp", "It is a matter of payments")
    again = text_of(door.get(door.world.liis, complaint, "rules/"))
    assert "It is a matter of payments" in again
    assert "until 2 March 2026" in again
    assert "Other rules apply · rules: " in text_of(door.get(door.world.liis, complaint, "?show=changes")).replace(
        "<b>", ""
    ).replace("</b>", "")


def test_without_a_reason_and_without_a_difference_nothing_changes(door, complaint, unchanged):
    same = unchanged(complaint)
    answer = door.post(door.world.liis, complaint, "rules/", reason="Because")
    assert answer.status_code == 422
    assert "The same rules still fit. Nothing was changed." in text_of(answer)
    apply_pack(door.world, "uk-fca-disp")
    nothing_said = door.post(door.world.liis, complaint, "rules/", reason=" ")
    assert nothing_said.status_code == 422
    assert "Say why other rules apply" in text_of(nothing_said)
    assert same()

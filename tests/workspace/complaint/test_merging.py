"""Merging on the pages of staff and of the complainant: both side by side, a banner on both, and back."""

from datetime import timedelta

from amends.complaints import actions
from amends.complaints.models import Complaint, Merging
from amends.complaints.stages import Stage
from tests import builders
from tests.complaints.test_merging import SOMEBODY_ELSE
from tests.workspace.complaint.conftest import address, text_of, went_to


def test_both_stand_side_by_side_before_they_are_merged(door):
    world = door.world
    here, there = builders.a_complaint(world, Stage.ASSESSED), builders.a_complaint(world, title="No water since nine")
    first = text_of(door.get(world.liis, here, "merge/"))
    assert "Show both side by side" in first
    assert there.title not in first
    looked = door.post(world.liis, here, "merge/", into=there.reference.lower(), look="1")
    page = text_of(looked)
    assert looked.status_code == 200
    for words in ("Both side by side", here.title, there.title, "Liis Tamm", "differs", "Mari Saar"):
        assert words in page
    assert not Merging.objects.exists()
    unseen = door.post(world.liis, here, "merge/", into=there.reference)
    assert unseen.status_code == 422
    assert "Look at both side by side first." in text_of(unseen)
    sent = door.post(world.liis, here, "merge/", into=there.reference, looked_at=there.reference)
    assert went_to(sent, here)
    assert Complaint.objects.get(pk=here.pk).merged_into == there


def test_a_banner_on_both_and_the_way_back(door):
    world = door.world
    here, there = builders.a_complaint(world, Stage.ASSESSED), builders.a_complaint(world)
    actions.merge(here, there, by=world.as_(world.liis), at=world.at)
    assert f'href="{address(there)}"' in text_of(door.get(world.liis, here))
    assert "Merged into this complaint:" in text_of(door.get(world.liis, there))
    assert f'href="{address(here)}"' in text_of(door.get(world.liis, there))
    assert door.post(world.liis, here, "merge/end/", reason="").status_code == 422
    assert went_to(door.post(world.liis, here, "merge/end/", reason="Another street."), here)
    assert "Assessed" in text_of(door.get(world.liis, here))
    assert "exactly as it was before" in text_of(door.get(world.liis, here))
    assert "Merged into this complaint:" not in text_of(door.get(world.liis, there))


def test_what_somebody_may_not_see_is_nowhere_on_the_page(door):
    world = door.world
    here, there = builders.a_complaint(world, Stage.ASSESSED), builders.a_complaint(world)
    Complaint.objects.filter(pk=there.pk).update(lead_unit=world.energy)
    actions.merge(here, there, by=world.as_(world.clara), at=world.at)
    page = text_of(door.get(world.liis, here))
    assert "It goes on in another one." in page
    assert there.reference not in page
    Complaint.objects.filter(pk=here.pk).update(lead_unit=world.water)
    assert here.reference not in text_of(door.get(world.bruno, there))


def test_a_reference_that_cannot_be_seen_is_as_good_as_none(door):
    world = door.world
    here, there = builders.a_complaint(world, Stage.ASSESSED), builders.a_complaint(world)
    Complaint.objects.filter(pk=there.pk).update(lead_unit=world.energy)
    for typed in (there.reference, "AMD-26-2222222A", "nonsense"):
        answer = door.post(world.liis, here, "merge/", into=typed, looked_at=typed)
        assert answer.status_code == 422
        assert "No open complaint that you can see has this reference." in text_of(answer)


def test_different_people_need_a_reason(door):
    world = door.world
    here = builders.a_complaint(world, Stage.ASSESSED)
    there = builders.a_complaint(world, complainant=SOMEBODY_ELSE)
    looked = text_of(door.post(world.liis, here, "merge/", into=there.reference, look="1"))
    assert "Different people complain here" in looked
    data = {"into": there.reference, "looked_at": there.reference}
    assert "link the two as joint complaints" in text_of(door.post(world.liis, here, "merge/", **data))
    assert went_to(door.post(world.liis, here, "merge/", **data, reason="One burst pipe."), here)


def test_somebody_was_faster(door):
    world = door.world
    here, there = builders.a_complaint(world, Stage.ASSESSED), builders.a_complaint(world)
    seen = here.version
    actions.investigate(here, by=world.as_(world.liis), at=world.at + timedelta(minutes=5))
    data = {"into": there.reference, "looked_at": there.reference, "seen": seen}
    assert door.post(world.liis, here, "merge/", **data).status_code == 409
    assert not Merging.objects.exists()

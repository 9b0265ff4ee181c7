"""Facts put right with a reason: both values stay, what follows from them moves, and the kind changes both ways."""

from datetime import timedelta

import pytest

from amends.complaints import actions
from amends.complaints.actions.correct import Right
from amends.complaints.models import Correction, Deadline, Issue, Party
from amends.complaints.models.complaint import Kind
from amends.complaints.stages import Stage
from amends.journal.models import Entry, Payload
from amends.kit.money import Money
from amends.kit.refusal import Refusal
from tests import builders
from tests.workspace.complaint.conftest import text_of, went_to


def typed(door, complaint, **changes):
    """The form as it is shown, with something changed."""
    form = door.get(door.world.liis, complaint, "correction/").context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in {**shown, **changes}.items() if value is not None}


def written_down(world, **changes):
    """A complaint that staff took down a day after the letter came."""
    at = world.at + timedelta(days=1)
    frida = world.as_(world.frida)
    return actions.receive(builders.an_intake(channel="post", **changes), token="0" * 32, by=frida, at=at).complaint


def test_both_values_and_the_reason_stay(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    changes = {"title": "No water on Tuesday", "name": "Mari Sepp", "amount": "12.50", "occurred_on": "2026-02-27"}
    changes["language"] = "et"
    sent = door.post(world.liis, complaint, "correction/", **typed(door, complaint, **changes, reason="Misheard."))
    assert went_to(sent, complaint)
    complaint.refresh_from_db()
    assert (complaint.title, complaint.amount_claimed, complaint.currency) == ("No water on Tuesday", 1250, "GBP")
    assert complaint.language == "et", "what is written from now on"
    assert Party.objects.get(complaint=complaint, role="complainant").name == "Mari Sepp"
    kept = {row.fact: (row.old, row.new, row.reason, row.person) for row in Correction.objects.all()}
    assert kept == {
        "title": ("Water switched off without notice", "No water on Tuesday", "Misheard.", world.liis),
        "name": ("Mari Saar", "Mari Sepp", "Misheard.", world.liis),
        "amount": ("", "1250 GBP", "Misheard.", world.liis),
        "occurred_on": ("", "2026-02-27", "Misheard.", world.liis),
        "language": ("en", "et", "Misheard.", world.liis),
    }
    page = text_of(door.get(world.liis, complaint, "correction/"))
    for words in ("Corrected before", "Mari Saar", "Mari Sepp", "£12.50", "27 February 2026", "Eesti", "Misheard."):
        assert words in page


def test_names_stand_in_no_entry_of_the_journal(world):
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    actions.correct(complaint, Right(name="Mari Sepp"), reason="Misheard.", by=world.as_(world.liis), at=world.at)
    entry = Entry.objects.get(event="complaints.corrected")
    assert "Sepp" not in entry.particulars
    assert "Sepp" in Payload.objects.get(entry=entry).body


def test_the_right_day_of_receipt_moves_the_clocks(world):
    complaint = written_down(world)
    due = dict(Deadline.objects.open().filter(complaint=complaint).values_list("code", "due_at"))
    liis, at = world.as_(world.liis), world.at + timedelta(days=1)
    day = (world.at - timedelta(days=3)).date()
    actions.correct(complaint, Right(received_on=day), reason="The stamp says so.", by=liis, at=at)
    assert complaint.received_at.date() == day
    moved = {row.code: row for row in Deadline.objects.open().filter(complaint=complaint)}
    assert {code for code, row in moved.items() if row.due_at < due[code]} >= {"decision"}
    assert all(row.alarm_at is not None for row in moved.values())
    complaint.refresh_from_db()
    assert complaint.next_due_at == min(row.due_at for row in moved.values())
    assert Entry.objects.get(event="complaints.corrected").facts["moved"] == len(moved)


@pytest.mark.parametrize(
    ("days", "origin", "code"), [(2, "staff", "received_in_future"), (-2, "portal", "received_by_itself")]
)
def test_a_day_of_receipt_that_cannot_be(world, days, origin, code):
    complaint = written_down(world) if origin == "staff" else builders.a_complaint(world)
    day = (world.at + timedelta(days=days)).date()
    with pytest.raises(Refusal) as caught:
        actions.correct(complaint, Right(received_on=day), reason="Why not.", by=world.as_(world.liis), at=world.at)
    assert caught.value.code == code


def test_the_first_point_gets_its_category_and_the_channel_is_put_right(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    other = next(
        code
        for code, _name in door.get(world.liis, complaint, "correction/").context["form"].categories.items()
        if code != "poor-service"
    )
    door.post(
        world.liis,
        complaint,
        "correction/",
        **typed(door, complaint, category=other, channel="phone", reason="A slip."),
    )
    complaint.refresh_from_db()
    assert Issue.objects.get(complaint=complaint).category.code == other
    assert complaint.channel == "phone"


def test_nothing_differs_or_no_reason_changes_nothing(door, unchanged):
    complaint = builders.a_complaint(door.world, Stage.ASSESSED)
    same = unchanged(complaint)
    answer = door.post(door.world.liis, complaint, "correction/", **typed(door, complaint, reason="A slip."))
    assert "Nothing differs from what is recorded" in text_of(answer)
    answer = door.post(door.world.liis, complaint, "correction/", **typed(door, complaint, title="Other"))
    assert "Write why it is corrected" in text_of(answer)
    assert same()


def test_of_an_anonymous_complaint_nobody_is_named(door):
    complaint = builders.a_complaint(door.world, Stage.ASSESSED, is_anonymous=True)
    assert "name" not in door.get(door.world.liis, complaint, "correction/").context["form"].fields
    with pytest.raises(Refusal):
        actions.correct(
            complaint, Right(name="Mari"), reason="Known.", by=door.world.as_(door.world.liis), at=door.world.at
        )


def test_somebody_was_faster(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    data = typed(door, complaint, title="No water", reason="A slip.")
    actions.correct(complaint, Right(amount=Money(100, "GBP")), reason="x", by=world.as_(world.liis), at=world.at)
    assert door.post(world.liis, complaint, "correction/", **data).status_code == 409


def test_the_kind_changes_both_ways_with_a_reason_and_keeps_its_clocks(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    clocks = list(Deadline.objects.filter(complaint=complaint).values())
    assert door.post(world.liis, complaint, "kind/", kind="enquiry").status_code == 422
    assert went_to(door.post(world.liis, complaint, "kind/", kind="enquiry", reason="They only asked."), complaint)
    assert "Complaint became Enquiry" in text_of(door.get(world.liis, complaint))
    assert went_to(
        door.post(world.liis, complaint, "kind/", kind="complaint", reason="They are not content."), complaint
    )
    complaint.refresh_from_db()
    assert complaint.kind == Kind.COMPLAINT
    assert list(Deadline.objects.filter(complaint=complaint).values()) == clocks
    assert [(row.old, row.new) for row in Correction.objects.order_by("id")] == [
        ("complaint", "enquiry"),
        ("enquiry", "complaint"),
    ]

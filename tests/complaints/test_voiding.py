"""Entries made by mistake or as a test: void only by two, out of every queue and figure, in the register for ever."""

from datetime import timedelta

import pytest
from django.core import mail

from amends.complaints import actions
from amends.complaints.models import Complaint, Deadline, Voiding
from amends.complaints.permissions import named_to, visible_to
from amends.complaints.queries import View, capped_count, in_view
from amends.complaints.register import Narrowing
from amends.complaints.stages import Stage
from amends.correspondence.models import Delivery
from amends.framework.models import Organisation
from amends.journal.models import Entry
from amends.kit import clock
from amends.kit.invariants import all_invariants
from amends.kit.refusal import Refusal
from amends.people.actions import delegate
from amends.permissions.roles import Role
from amends.reactions import worker
from amends.reactions.clock import ring
from tests import builders
from tests.cast import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def ask(world, complaint, who=None):
    by = world.as_(who or world.liis)
    return actions.ask_to_void(complaint, why=Voiding.Why.TEST, reason="I tried the new form.", by=by, at=AT)


def refusal(call) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def test_nobody_hides_a_complaint_alone(world):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    by = {name: world.as_(getattr(world, name)) for name in ("liis", "uma", "clara", "mark", "frida", "adam")}
    assert refusal(lambda: actions.void(complaint, by=by["uma"], at=LATER)) == "void_not_asked"
    ask(world, complaint, world.uma)
    assert refusal(lambda: ask(world, complaint)) == "void_asked"
    for name in ("liis", "mark", "frida", "adam"):
        assert refusal(lambda name=name: actions.void(complaint, by=by[name], at=LATER)) == "not_permitted"
    assert refusal(lambda: actions.void(complaint, by=by["uma"], at=LATER)) == "own_request"
    # Neither by a role that who asked has lent, nor by whoever handles it.
    delegate(
        world.uma,
        world.mark,
        Role.UNIT_MANAGER,
        world.water,
        starts_at=AT,
        ends_at=AT + timedelta(days=3),
        by=by["adam"],
        at=AT,
    )
    assert refusal(lambda: actions.void(complaint, by=world.as_(world.mark), at=LATER)) == "own_request"
    Complaint.objects.filter(pk=complaint.pk).update(handler=world.clara)
    complaint.refresh_from_db()
    assert refusal(lambda: actions.void(complaint, by=by["clara"], at=LATER)) == "own_request"
    assert Complaint.objects.get(pk=complaint.pk).stage == Stage.INVESTIGATING
    actions.decline_void(complaint, reason="Mari Saar exists.", by=by["clara"], at=LATER)
    assert Voiding.objects.get().state == Voiding.State.DECLINED


def test_in_the_small_profile_one_person_may_and_it_is_recorded_so(world):
    Organisation.objects.update(profile=Organisation.Profile.SMALL)
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    ask(world, complaint, world.uma)
    voiding = actions.void(complaint, by=world.as_(world.uma), at=LATER)
    assert voiding.is_by_one_person
    assert Entry.objects.get(event="complaints.voided").facts["is_by_one_person"] is True


def test_void_it_is_out_of_everything_but_the_register_and_comes_back_as_it_was(world, monkeypatch):
    now = [AT]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    clara, uma = world.as_(world.clara), world.as_(world.uma)
    complaint.refresh_from_db()
    due, clocks = complaint.next_due_at, list(Deadline.objects.filter(complaint=complaint).order_by("id").values())
    assert named_to(clara).filter(pk=complaint.pk).exists()
    actions.hold_message(complaint, text="On its way.", by=world.as_(world.liis), at=AT)
    ask(world, complaint)
    actions.void(complaint, comment="There is no Mari Saar.", by=uma, at=LATER)
    mail.outbox.clear()
    Delivery.objects.all().delete()
    now[0] = LATER
    worker.drain()
    assert not Delivery.objects.filter(address="mari@example.org").exists(), "nor does what was on its way go out"
    for view in View:
        assert capped_count(in_view(view, visible_to(clara), clara, LATER)) == 0, view
    assert not named_to(clara).exists()
    assert not Deadline.objects.open().filter(complaint=complaint).exists()
    assert ring("a test", AT + timedelta(days=400)) == 0
    found = {
        how: Narrowing(void=how).applied_to(visible_to(clara), LATER).count() for how in ("", "none", "void", "lifted")
    }
    assert found == {"": 1, "none": 0, "void": 1, "lifted": 0}
    assert [said for rule in all_invariants() if rule.name.startswith("complaints.") for said in rule.check()] == []
    for call in (
        lambda: actions.write_message(complaint, text="Hello.", by=clara, at=LATER),
        lambda: actions.convert(complaint, "praise", reason="It is nice.", by=clara, at=LATER),
        lambda: actions.void(complaint, by=clara, at=LATER),
    ):
        assert refusal(call) == "not_at_this_stage"
    reference = complaint.reference
    actions.unvoid(complaint, reason="Mari Saar has called.", by=uma, at=LATER + timedelta(days=2))
    complaint.refresh_from_db()
    assert (complaint.reference, complaint.stage, complaint.next_due_at) == (reference, Stage.INVESTIGATING, due)
    assert list(Deadline.objects.filter(complaint=complaint).order_by("id").values()) == clocks
    assert Narrowing(void="lifted").applied_to(visible_to(clara), LATER).count() == 1
    events = [event for event in Entry.objects.order_by("id").values_list("event", flat=True) if "void" in event]
    assert events == ["complaints.void_asked", "complaints.voided", "complaints.unvoided"]


def test_another_complaint_never_goes_on_in_nothing(world):
    complaint, other = builders.a_complaint(world, Stage.ASSESSED), builders.a_receipt(world).complaint
    ask(world, complaint)
    actions.merge(other, complaint, reason="Both", by=world.as_(world.liis), at=AT)
    assert refusal(lambda: actions.void(complaint, by=world.as_(world.uma), at=LATER)) == "takes_in"


def test_those_who_lead_are_asked_and_hear_of_whoever_protests(world, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATER)
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    worker.drain()
    mail.outbox.clear()
    ask(world, complaint)
    worker.drain()
    assert sorted(each.to[0].split("@")[0] for each in mail.outbox) == ["clara", "uma"]
    assert all("I tried" not in each.body for each in mail.outbox)
    actions.void(complaint, by=world.as_(world.uma), at=LATER)
    mail.outbox.clear()
    actions.reply(complaint, text="But I do exist!", by=builders.the_complainant(complaint), at=LATER)
    worker.drain()
    assert sorted(each.to[0].split("@")[0] for each in mail.outbox) == ["clara", "liis", "uma"]

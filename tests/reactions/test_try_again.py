"""Putting a follow-up that was given up back into the queue."""

import pytest

from amends.journal import outbox
from amends.journal.models import Entry, FollowUp
from amends.kit.refusal import Refusal
from amends.reactions.actions import try_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def follow_up(world):
    entry = Entry.objects.order_by("id").first()
    return FollowUp.objects.create(
        entry=entry, reaction="notices.invitation.invitation", state="failed", next_try_at=world.at, last_error="away"
    )


def test_a_worker_claims_it_again(world, follow_up):
    try_again(follow_up, by=world.as_(world.adam), at=world.at)
    _lease, batch = outbox.claim(world.at)
    assert follow_up.pk in {row.pk for row in batch}
    entry = Entry.objects.get(event="reactions.tried_again")
    assert entry.facts["entry"] == follow_up.entry.uid.hex


@pytest.mark.parametrize("state", ["waiting", "done"])
def test_only_what_was_given_up(world, follow_up, state):
    FollowUp.objects.filter(pk=follow_up.pk).update(state=state, done_at=world.at if state == "done" else None)
    with pytest.raises(Refusal) as refused:
        try_again(follow_up, by=world.as_(world.adam), at=world.at)
    assert refused.value.code == "not_failed"
    assert not Entry.objects.filter(event="reactions.tried_again").exists()


def test_only_administrators(world, follow_up):
    for person in world.people:
        if person != world.adam:
            with pytest.raises(Refusal) as refused:
                try_again(follow_up, by=world.as_(person), at=world.at)
            assert refused.value.code == "not_permitted"
    follow_up.refresh_from_db()
    assert follow_up.state == "failed"

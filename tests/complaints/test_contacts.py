"""One person's complaints joined by people, never by themselves, and only for those who may know the name."""

import pytest

from amends.complaints import actions
from amends.complaints.contacts import complaints_of, found, key_of, perhaps_the_same, suggested
from amends.complaints.intake import Contact as Given
from amends.complaints.models import Contact, ContactMerging, ContactPoint, Party
from amends.complaints.permissions import known_to
from amends.complaints.stages import Stage
from amends.journal.models import Entry
from amends.kit.refusal import Refusal
from tests import builders

ADDRESS = "Main street 1, Larkhaven"


@pytest.fixture
def mari(world):
    """Two complaints of one person in Water and one in Energy, not linked yet."""
    made = []
    for place, given in enumerate(
        (
            Given(name="Mari Saar", email="mari@example.org", phone="+372 5555 0142", address=ADDRESS),
            Given(name="Mari Sāar", email="MARI@example.org"),
            Given(name="M. Saar", phone="55550142"),
        )
    ):
        changes = {"complainant": given, "text": f"Complaint {place}"}
        if place == 2:
            changes |= {"product": None, "unit": world.energy}
        made.append(builders.a_complaint(world, **changes))
    return made


def party(complaint):
    return Party.objects.get(complaint=complaint, role="complainant")


def link(world, complaint, contact=None, who="liis"):
    by = world.as_(getattr(world, who))
    return actions.link_contact(complaint, "complainant", contact, by=by, at=world.at)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("email", "Mari@Example.org ", "mari@example.org"),
        ("phone", "+372 5555 0142", "5555-0142"),
        ("address", "Õismäe 1", "oismae  1"),
    ],
)
def test_spellings_of_one_address_are_one(kind, one, other):
    assert key_of(kind, one) == key_of(kind, other) != ""


def test_equal_addresses_suggest_and_a_person_links(world, mari):
    liis = world.as_(world.liis)
    assert suggested(party(mari[1]), liis) == []
    contact = link(world, mari[0])
    assert set(contact.points.values_list("kind", flat=True)) == {"email", "phone", "address"}
    assert not Party.objects.filter(complaint=mari[1], contact__isnull=False).exists()
    assert suggested(party(mari[1]), liis) == [contact]
    assert suggested(party(mari[2]), world.as_(world.clara)) == [contact]
    link(world, mari[1], contact)
    assert [one.pk for one in complaints_of(contact, liis)] == [mari[1].pk, mari[0].pk]
    entry = Entry.objects.filter(event="complaints.contact_linked").latest("id")
    assert "Mari" not in entry.particulars


def test_a_house_that_people_share_suggests_nobody(world, mari):
    link(world, mari[0])
    neighbour = builders.a_complaint(world, complainant=Given(name="Jaan", address=ADDRESS), text="Another.")
    assert suggested(party(neighbour), world.as_(world.liis)) == []


def test_each_sees_the_complaints_that_they_may_and_nobody_else_the_person(world, mari):
    contact = link(world, mari[0])
    link(world, mari[2], contact, who="clara")
    seen = {who: complaints_of(contact, world.as_(getattr(world, who))).count() for who in ("liis", "bruno", "clara")}
    assert seen == {"liis": 1, "bruno": 1, "clara": 2}
    for who in ("dario", "tom", "adam", "zoe", "frida"):
        assert not known_to(world.as_(getattr(world, who))).exists(), who
    assert found("mari s", world.as_(world.liis)) == [contact]
    assert found("maris", world.as_(world.dario)) == []
    walled = actions.name_subject(mari[0], world.liis, by=world.as_(world.clara), at=world.at)
    assert walled.person == world.liis
    assert not known_to(world.as_(world.liis)).exists()


def test_a_link_is_cut_again_and_the_complaint_is_as_it_was(world, mari):
    before = Party.objects.filter(pk=party(mari[0]).pk).values().get()
    contact = link(world, mari[0])
    with pytest.raises(Refusal) as twice:
        link(world, mari[0], contact)
    assert twice.value.code == "linked_already"
    actions.unlink_contact(mari[0], "complainant", by=world.as_(world.liis), at=world.at)
    assert Party.objects.filter(pk=before["id"]).values().get() == before
    assert not known_to(world.as_(world.liis)).exists()
    with pytest.raises(Refusal) as refused:
        actions.unlink_contact(mari[0], "complainant", by=world.as_(world.liis), at=world.at)
    assert refused.value.code == "not_linked"


def test_whoever_stays_anonymous_is_never_linked(world):
    complaint = builders.a_complaint(world, is_anonymous=True)
    with pytest.raises(Refusal) as refused:
        link(world, complaint)
    assert refused.value.code == "anonymous"
    assert not Contact.objects.exists()


@pytest.mark.parametrize("follow", [True, False])
def test_a_corrected_address_follows_into_open_complaints_where_the_old_one_stands(world, mari, follow):
    closed = builders.a_complaint(
        world, Stage.CLOSED, complainant=Given(name="Mari Saar", email="mari@example.org"), text="Closed."
    )
    contact = link(world, mari[0])
    for complaint in (mari[1], closed):
        link(world, complaint, contact)
    liis = world.as_(world.liis)
    new = {"kind": "email", "value": "mari@new.example", "instead_of": "mari@example.org", "follow": follow}
    moved = actions.correct_contact(contact, **new, by=liis, at=world.at)
    assert len(moved) == (2 if follow else 0)
    expected = "mari@new.example" if follow else "mari@example.org"
    assert party(mari[0]).email == expected
    assert party(closed).email == "mari@example.org"
    current = ContactPoint.objects.filter(contact=contact, kind="email", struck_at__isnull=True)
    assert [point.value for point in current] == ["mari@new.example"]
    entry = Entry.objects.get(event="complaints.contact_corrected")
    assert len(entry.facts["complaints"]) == len(moved)
    assert "new.example" not in entry.particulars
    for changes, code in (
        ({"instead_of": "mari@example.org", "value": "x@new.example"}, "changed_meanwhile"),
        ({"instead_of": ""}, "known_already"),
        ({"value": " "}, "value_needed"),
    ):
        with pytest.raises(Refusal) as refused:
            actions.correct_contact(contact, **{**new, **changes}, by=liis, at=world.at)
        assert refused.value.code == code
    with pytest.raises(Refusal):
        actions.correct_contact(contact, **{**new, "value": "z@z.example"}, by=world.as_(world.bruno), at=world.at)


def merge(world, one, other, who="liis", reason="Same voice, same flat"):
    by = world.as_(getattr(world, who))
    return actions.merge_contacts(one, other, reason=reason, by=by, at=world.at)


def refused(code, call):
    with pytest.raises(Refusal) as caught:
        call()
    assert caught.value.code == code


def test_somebody_known_twice_is_shown_together_and_parted_again_as_they_were(world, mari):
    first, second = link(world, mari[0]), link(world, mari[1])
    third = link(world, mari[2], who="bruno")
    liis = world.as_(world.liis)
    before = list(Party.objects.order_by("pk").values()), list(ContactPoint.objects.order_by("pk").values())
    assert perhaps_the_same(first, liis) == [second]
    refused("reason_needed", lambda: merge(world, first, second, reason=" "))
    refused("same_contact", lambda: merge(world, first, first))
    refused("not_permitted", lambda: merge(world, first, third))
    merge(world, first, second)
    assert [one.pk for one in complaints_of(first, liis)] == [mari[1].pk, mari[0].pk]
    assert list(complaints_of(second, liis)) == list(complaints_of(first, liis))
    assert perhaps_the_same(first, liis) == []
    # What is behind a unit's door stays there, whoever it is.
    merge(world, third, first, who="clara")
    third.refresh_from_db()
    assert third.merged_into == second
    assert complaints_of(third, liis).count() == 2
    assert complaints_of(second, world.as_(world.clara)).count() == 3
    other = other_contact(world)
    refused("merged_already", lambda: merge(world, first, other))
    refused("takes_in", lambda: merge(world, second, other))
    refused("same_contact", lambda: merge(world, second, first))
    for one in (first, third):
        actions.part_contacts(one, reason="A cousin", by=world.as_(world.clara), at=world.at)
    refused("not_merged", lambda: actions.part_contacts(first, reason="A cousin", by=liis, at=world.at))
    assert complaints_of(first, liis).count() == 1
    after = list(Party.objects.filter(contact__in=[first, second, third]).order_by("pk").values())
    assert after == before[0][:3]
    assert list(ContactPoint.objects.filter(contact__in=[first, second, third]).order_by("pk").values()) == before[1]
    assert [row.end_reason for row in ContactMerging.objects.all()] == ["A cousin"] * 2
    entries = Entry.objects.filter(event__in=["complaints.contacts_merged", "complaints.contacts_parted"])
    assert entries.count() == 4
    assert all("cousin" not in str(entry.facts) for entry in entries)


def other_contact(world):
    return link(world, builders.a_complaint(world, complainant=Given(name="Jaan Ild"), text="Another"))


def test_a_corrected_address_follows_in_all_that_is_one_person(world, mari):
    first, second = link(world, mari[0]), link(world, mari[1])
    merge(world, first, second)
    moved = actions.correct_contact(
        second, "email", "new@example.org", instead_of="mari@example.org", follow=True,
        by=world.as_(world.liis), at=world.at,
    )  # fmt: skip
    assert {one.complaint_id for one in moved} == {mari[0].pk, mari[1].pk}
    assert not ContactPoint.objects.filter(key="mari@example.org", struck_at=None).exists()

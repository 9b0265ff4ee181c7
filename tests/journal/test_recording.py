"""What may be written into the journal, and when."""

import contextlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from amends.journal import vocabulary
from amends.journal.models import Entry, Payload, Pending, Pseudonym, Unsealed
from amends.journal.pseudonyms import known_name_of, name_of, names_of, subjects_named
from amends.journal.recording import OutsideTransactionError, commitment, leaf_document, record, record_many, together
from amends.journal.vocabulary import NotForTheJournalError, Subject, event_called, written
from amends.kit.canonical import NotCanonicalError
from amends.people import events
from amends.people.actions import grant_role
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from tests import cast
from tests.journal import journals
from tests.journal.journals import Complainant

AT = datetime(2026, 3, 2, 9, 41, 27, 123456, tzinfo=UTC)
ZOE = Subject("person", 4711)


def changed() -> events.PersonChanged:
    return events.PersonChanged(person=ZOE, manager=None)


def delegated(**other) -> events.Delegated:
    said = {"holder": ZOE, "role": "handler", "unit": Subject("unit", 1), "starts_at": AT, "ends_at": AT}
    return events.Delegated(person=ZOE, **(said | other))


@pytest.mark.django_db
def test_an_entry_leaves_its_outbox_row_and_waits_for_its_number():
    entry = record(changed(), by=SYSTEM, at=AT, payload={"name": "Zoe"})
    assert Pending.objects.filter(entry=entry).exists()
    assert Unsealed.objects.filter(entry=entry).exists()
    kept = Payload.objects.get(entry=entry)
    assert kept.body == '{"name":"Zoe"}'
    assert entry.commitment == commitment(kept.salt, kept.body.encode())
    assert entry.facts == {"manager": None}


@pytest.mark.django_db
def test_an_entry_names_nobody():
    entry = record(delegated(), by=Complainant(99), at=AT, payload={"name": "Zoe Marsh"})
    document = leaf_document(entry).decode()
    assert "4711" not in document
    assert "Zoe" not in document
    assert known_name_of(ZOE) == entry.subject
    assert known_name_of(Subject("party", 99)) == entry.actor
    assert subjects_named([entry.subject, entry.actor]) == {entry.subject: ZOE, entry.actor: Subject("party", 99)}


def test_nothing_is_recorded_outside_a_transaction(own_database):
    with pytest.raises(OutsideTransactionError):
        record(changed(), by=SYSTEM, at=AT)
    with pytest.raises(OutsideTransactionError):
        record_many([(changed(), None)], by=SYSTEM, at=AT, about_kind="person")
    assert not Entry.objects.exists()
    assert not Pseudonym.objects.exists()


def test_a_rollback_leaves_nothing_behind(own_database):
    with transaction.atomic():
        record(changed(), by=SYSTEM, at=AT, payload={"name": "Zoe"})
        record_many([(changed(), {"n": 1})], by=SYSTEM, at=AT, about_kind="person")
        transaction.set_rollback(True)
    for model in (Entry, Payload, Pending, Unsealed, Pseudonym):
        assert not model.objects.exists()


@pytest.mark.parametrize("point", ["after_facts", "after_entry"])
def test_a_verb_killed_half_way_leaves_neither_fact_nor_entry(own_database, point):
    world = cast.world()
    entries = Entry.objects.count()
    work = lambda: grant_role(world.zoe, Role.AUDITOR, world.water, by=SYSTEM, at=AT)  # noqa: E731
    assert journals.in_child(work, dies_at=point) == journals.KILLED
    assert Entry.objects.count() == Unsealed.objects.count() == Pending.objects.count() == entries
    assert not world.zoe.grants.exists()
    assert journals.in_child(work) == 0
    assert Entry.objects.count() == entries + 1
    assert world.zoe.grants.count() == 1


@pytest.mark.parametrize(
    "value",
    [
        "two words",
        "a\n",
        "\n",
        "x" * 65,
        "Tõnu",
        "zoe@example.com",
        "<b>",
        "-dash",
        1.5,
        Decimal("1.5"),
        b"bytes",
        {"a": 1},
        {"set"},
        ["fine", "not fine"],
        object(),
    ],
)
def test_what_is_no_code_is_refused(value):
    with pytest.raises(NotForTheJournalError):
        written(value, lambda subject: uuid4())


@pytest.mark.parametrize(
    ("value", "stands_as"),
    [
        (None, None),
        (True, True),
        (7, 7),
        ("", ""),
        ("e-mail", "e-mail"),
        ("AMD-26-7K3M9TQH", "AMD-26-7K3M9TQH"),
        (Role.HANDLER, "handler"),
        (date(2026, 3, 2), "2026-03-02"),
        (AT, "2026-03-02T09:41:27.123456Z"),
        (AT.astimezone(), "2026-03-02T09:41:27.123456Z"),
        (UUID(int=5), "0" * 31 + "5"),
        (ZOE, "0" * 31 + "7"),
        (("a", 1), ["a", 1]),
    ],
)
def test_ids_codes_dates_and_numbers_stand_in_one_form(value, stands_as):
    assert written(value, lambda subject: UUID(int=7)) == stands_as


@pytest.mark.django_db
def test_a_text_that_has_no_canonical_form_is_refused_before_anything_is_written():
    for payload in ({"amount": 1.5}, {"text": "\ud800"}, {"ä": 1}, {"n": 2**60}):
        with pytest.raises(NotCanonicalError), transaction.atomic():
            record(changed(), by=SYSTEM, at=AT, payload=payload)
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_moments_of_anonymous_people_are_cut_to_the_minute_wherever_they_stand():
    minute = AT.replace(second=0, microsecond=0)
    hidden = record(delegated(), by=Complainant(is_anonymous=True), at=AT)
    assert hidden.at == minute
    assert hidden.facts["starts_at"] == hidden.facts["ends_at"] == "2026-03-02T09:41:00.000000Z"
    assert ":27" not in leaf_document(hidden).decode()
    assert record(delegated(), by=Complainant(), at=AT).at == AT
    [many] = record_many([(delegated(), None)], by=Complainant(is_anonymous=True), at=AT, about_kind="person")
    assert many.at == minute


@pytest.mark.django_db
def test_many_entries_are_written_in_as_many_queries_as_few():
    def write(keys: range) -> int:
        lot = [(events.PersonChanged(person=Subject("person", key), manager=None), {"n": key}) for key in keys]
        with CaptureQueriesContext(connection) as queries:
            entries = record_many(lot, by=SYSTEM, at=AT, about_kind="person")
        assert Payload.objects.get(entry=entries[-1]).body == f'{{"n":{keys[-1]}}}'
        return len(queries)

    write(range(1))
    assert write(range(1, 3)) == write(range(3, 63)) < 12
    assert Unsealed.objects.count() == 63
    assert not Pending.objects.exists(), "history that is taken over has no follow-ups"


@pytest.mark.django_db
def test_a_row_has_one_random_name_for_ever():
    assert name_of(ZOE) == name_of(ZOE) == names_of("person", [4711])[4711]
    assert known_name_of(Subject("person", 1)) is None
    assert name_of(Subject("person", 1)) != name_of(ZOE)
    Pseudonym.objects.filter(key=4711).delete()
    assert known_name_of(ZOE) is None, "the link was cut"


@pytest.mark.django_db
def test_a_person_with_every_role_fits_into_an_entry():
    world = cast.world()
    for role in Role:
        grant_role(world.zoe, role, world.energy, by=SYSTEM, at=AT)
    everything = world.as_(world.zoe, AT)
    assert len(everything.acting_as) > 100
    assert record(changed(), by=everything, at=AT).acting_as == everything.acting_as


def test_two_events_of_one_name_are_a_mistake():
    with pytest.raises(RuntimeError, match=r"two events are called people\.changed"):

        @vocabulary.event("people.changed", sentence="Something else")
        class SomethingElse(vocabulary.Event):
            person: Subject

    assert event_called("people.changed") is events.PersonChanged
    assert event_called("people.never_declared") is None


def test_an_event_cannot_be_altered():
    @dataclass(frozen=True)
    class Box:
        event: events.PersonChanged

    box = Box(changed())
    with pytest.raises(AttributeError):
        box.event.manager = ZOE


def changed_one(key: int, **other) -> events.PersonChanged:
    return events.PersonChanged(**({"person": Subject("person", key), "manager": None} | other))


@pytest.mark.django_db
def test_entries_of_many_verbs_are_written_together_in_their_order_as_they_would_be_one_by_one():
    one_by_one = [record(changed_one(number), by=SYSTEM, at=AT, payload={"n": number}) for number in range(4)]
    with CaptureQueriesContext(connection) as queries, together("person", range(4)) as gathered:
        for number in range(3):
            record(changed_one(number), by=SYSTEM, at=AT, payload={"n": number})
        record(changed_one(17), by=SYSTEM, at=AT)
        gathered.forget(3)
        record(changed_one(3), by=SYSTEM, at=AT, payload={"n": 3})
        assert Entry.objects.count() == 4, "nothing is written before the end"
    assert len(queries) < 25
    together_ = list(Entry.objects.filter(pk__gt=one_by_one[-1].pk).order_by("pk"))
    same = ("event", "at", "actor", "acting_as", "subject_kind", "subject", "particulars", "leaf_version")
    for mine, other in zip(together_, one_by_one, strict=True):
        assert [getattr(mine, name) for name in same] == [getattr(other, name) for name in same]
        assert mine.payload.body == other.payload.body
        assert mine.commitment == commitment(mine.payload.salt, mine.payload.body.encode())
    assert Pending.objects.filter(entry__in=together_).count() == 4
    assert Unsealed.objects.filter(entry__in=together_).count() == 4


@pytest.mark.django_db
def test_what_is_no_code_is_refused_at_once_also_among_many():
    with together("person", [1]) as gathered:
        with pytest.raises(NotForTheJournalError):
            record(delegated(role="two words"), by=SYSTEM, at=AT)
        assert gathered.made == []
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_a_name_that_was_rolled_back_with_its_verb_is_asked_for_again():
    with together("person", []) as gathered:
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            record(changed(), by=SYSTEM, at=AT)
            raise ZeroDivisionError
        gathered.forget(0)
        record(changed(), by=SYSTEM, at=AT)
    entry = Entry.objects.get()
    assert subjects_named([entry.subject]) == {entry.subject: ZOE}
    assert Pseudonym.objects.filter(name=entry.actor).exists()


@pytest.mark.django_db
def test_where_many_fail_nothing_is_written_and_the_next_entry_is_as_usual():
    with contextlib.suppress(ZeroDivisionError), together("person", [1]):
        record(changed(), by=SYSTEM, at=AT)
        raise ZeroDivisionError
    assert not Entry.objects.exists()
    assert record(changed(), by=SYSTEM, at=AT).pk is not None

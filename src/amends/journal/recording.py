"""Writing entries: one call per verb, in its transaction."""

import dataclasses
import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from amends.journal.actors import Actor
from amends.journal.models import Entry, Payload, Pending, Unsealed
from amends.journal.pseudonyms import name_of, names_of, names_of_each
from amends.journal.vocabulary import Event, Subject, written, written_moment
from amends.kit.canonical import canonical
from amends.kit.clock import to_the_minute
from amends.kit.failpoints import failpoint

LEAF_VERSION = 1


class OutsideTransactionError(RuntimeError):
    """An entry was recorded outside the transaction of its verb."""


@dataclasses.dataclass
class Gathered:
    """What several verbs of one transaction recorded, to be written together at its end."""

    known: Mapping[Subject, UUID]
    asked: dict[Subject, UUID] = dataclasses.field(default_factory=dict)
    made: list[tuple[Entry, Payload | None]] = dataclasses.field(default_factory=list)

    def name(self, subject: Subject) -> UUID:
        """The random name of a row, asked for once."""
        found = self.known.get(subject) or self.asked.get(subject)
        if found is None:
            found = self.asked[subject] = name_of(subject)
        return found

    def forget(self, since: int) -> None:
        """Leave out what was recorded after the first `since`: its verb failed, and its new names went with it."""
        del self.made[since:]
        self.asked.clear()


_gathered: ContextVar[Gathered | None] = ContextVar("gathered", default=None)


@contextmanager
def together(about_kind: str, keys: Iterable[int]) -> Iterator[Gathered]:
    """Within this block entries are checked at once and written at its end, in their order, with few queries.

    For many short verbs in one transaction, about rows of one kind. Nothing is written where the block fails; whoever
    rolls a single verb back calls `forget`.
    """
    gathered = Gathered({Subject(about_kind, key): name for key, name in names_of(about_kind, keys).items()})
    token = _gathered.set(gathered)
    try:
        yield gathered
    finally:
        _gathered.reset(token)
    entries = [entry for entry, _ in gathered.made]
    _write(entries, [kept for _, kept in gathered.made if kept is not None])
    Pending.objects.bulk_create([Pending(entry=entry) for entry in entries], batch_size=500)


def record(event: Event, *, by: Actor, at: datetime, payload: Mapping[str, Any] | None = None) -> Entry:
    """Write one entry with its outbox row. `payload` is the free text that the entry commits to.

    Within `together` the entry has no key yet when this returns. Raises OutsideTransactionError when no transaction is
    open, NotForTheJournalError when a particular is not an id, code, date or number.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransactionError(event.name)
    failpoint("after_facts")
    gathered = _gathered.get()
    if gathered is not None:
        gathered.made.append(_made(event, by=by, at=at, payload=payload, name=gathered.name))
        failpoint("after_entry")
        return gathered.made[-1][0]
    known = names_of_each(event.about, Subject(by.actor_kind, by.actor_key))

    def name(subject: Subject) -> UUID:
        return known[subject] if subject in known else name_of(subject)

    entry, kept = _made(event, by=by, at=at, payload=payload, name=name)
    entry.save(force_insert=True)
    if kept is not None:
        kept.save(force_insert=True)
    Pending.objects.create(entry=entry)
    Unsealed.objects.create(entry=entry)
    failpoint("after_entry")
    return entry


def record_many(
    events: Sequence[tuple[Event, Mapping[str, Any] | None]], *, by: Actor, at: datetime, about_kind: str
) -> list[Entry]:
    """Write entries about many rows of one kind at once, without follow-ups: history that is taken over.

    Constant number of queries per call. All events have to be about rows of `about_kind`.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransactionError("record_many")
    known = names_of(about_kind, {event.about.key for event, _ in events})
    others: dict[Subject, UUID] = {}

    def name(subject: Subject) -> UUID:
        if subject.kind == about_kind and subject.key in known:
            return known[subject.key]
        if subject not in others:
            others[subject] = name_of(subject)
        return others[subject]

    made = [_made(event, by=by, at=at, payload=payload, name=name) for event, payload in events]
    entries = [entry for entry, _ in made]
    _write(entries, [kept for _, kept in made if kept is not None])
    return entries


def _write(entries: Sequence[Entry], payloads: Sequence[Payload]) -> None:
    Entry.objects.bulk_create(entries, batch_size=500)
    Payload.objects.bulk_create(payloads, batch_size=500)
    Unsealed.objects.bulk_create([Unsealed(entry=entry) for entry in entries], batch_size=500)


def _made(
    event: Event,
    *,
    by: Actor,
    at: datetime,
    payload: Mapping[str, Any] | None,
    name: Callable[[Subject], UUID],
) -> tuple[Entry, Payload | None]:
    about = event.about
    said = {field.name: getattr(event, field.name) for field in dataclasses.fields(event)[1:]}
    if by.is_anonymous:
        said = {key: to_the_minute(value) if isinstance(value, datetime) else value for key, value in said.items()}
    particulars = {key: written(value, name) for key, value in said.items()}
    entry = Entry(
        event=event.name,
        at=to_the_minute(at) if by.is_anonymous else at,
        actor=name(Subject(by.actor_kind, by.actor_key)),
        acting_as=by.acting_as,
        subject_kind=about.kind,
        subject=name(about),
        particulars=canonical(particulars).decode(),
        leaf_version=LEAF_VERSION,
    )
    if payload is None:
        return entry, None
    body, salt = canonical(dict(payload)), secrets.token_hex(32)
    entry.commitment = commitment(salt, body)
    return entry, Payload(entry=entry, salt=salt, body=body.decode())


def commitment(salt: str, body: bytes) -> str:
    """SHA-256 over salt and canonical payload, in hexadecimal: meaningless once the salt is gone."""
    return hashlib.sha256(bytes.fromhex(salt) + body).hexdigest()


def leaf_document(entry: Entry) -> bytes:
    """The canonical bytes that the leaf hash of an entry covers. No sequence number: known when the verb commits."""
    return canonical(
        {
            "acting_as": entry.acting_as,
            "actor": entry.actor.hex,
            "at": written_moment(entry.at),
            "commitment": entry.commitment,
            "event": entry.event,
            "particulars": entry.particulars,
            "subject": entry.subject.hex,
            "subject_kind": entry.subject_kind,
            "uid": entry.uid.hex,
        }
    )


def leaf_hash(entry: Entry) -> bytes:
    """RFC 9162 leaf hash over one version byte and the canonical document."""
    return hashlib.sha256(b"\x00" + bytes([entry.leaf_version]) + leaf_document(entry)).digest()

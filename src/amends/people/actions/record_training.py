"""Writing down that somebody completed a course (ISO 10002, 6.4)."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.people import events
from amends.people.ending import remind_before
from amends.people.models import Person, Training
from amends.people.permissions import May
from amends.permissions import engine


@transaction.atomic
def record_training(
    person: Person,
    *,
    course: str,
    completed_on: date,
    valid_to: date | None,
    evidence: str,
    by: engine.Person,
    at: datetime,
) -> Training:
    """Say that somebody completed a course, and how it can be seen. Nobody records their own."""
    engine.require(by, May.RECORD_TRAINING, person)
    if by.actor_kind == "person" and by.actor_key == person.pk:
        raise Refusal("own_training", _("Somebody else has to record your training."))
    course, evidence = clean_line(course)[:64], clean_line(evidence)[:200]
    if not course:
        raise Refusal("course_needed", _("Enter the name of the course."), field="course")
    if not evidence:
        raise Refusal("evidence_needed", _("Say how it can be seen: a certificate, a list."), field="evidence")
    if completed_on > at.date():
        raise Refusal("not_completed", _("The course is not completed before that day."), field="completed_on")
    if valid_to is not None and valid_to < completed_on:
        raise Refusal("days_reversed", _("The last day is before the first. Change one of them."), field="valid_to")
    training = Training.objects.create(
        person=person,
        course=course,
        completed_on=completed_on,
        valid_to=valid_to,
        evidence=evidence,
        recorded_at=at,
        recorded_by_id=by.actor_key if by.actor_kind == "person" else None,
        remind_at=_remind_at(valid_to, at),
    )
    record(
        events.TrainingRecorded(person=person.subject, completed_on=completed_on, valid_to=valid_to),
        by=by,
        at=at,
        payload={"course": course, "evidence": evidence},
    )
    return training


@transaction.atomic
def record_trainings(
    people: Iterable[Person],
    *,
    course: str,
    completed_on: date,
    valid_to: date | None,
    evidence: str,
    by: engine.Person,
    at: datetime,
) -> list[Training]:
    """The same course for several people, all or none; each has an entry of their own. Refuses with `people_needed`."""
    made = [
        record_training(
            person, course=course, completed_on=completed_on, valid_to=valid_to, evidence=evidence, by=by, at=at
        )
        for person in people
    ]
    if not made:
        raise Refusal("people_needed", _("Choose at least one person."), field="people")
    return made


def _remind_at(valid_to: date | None, at: datetime) -> datetime | None:
    """When they hear that it has to be renewed; none for one that is over already."""
    if valid_to is None:
        return None
    return remind_before(datetime.combine(valid_to, time(0), at.tzinfo), since=at)

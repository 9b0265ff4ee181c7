"""When somebody is told that what they hold ends soon: the longer it lasts, the earlier."""

from datetime import datetime, timedelta

from amends.people.models import Delegation, Training

#: How long something lasts at least, and so long before its end one hears of it.
_AHEAD = (
    (timedelta(days=90), timedelta(days=30)),
    (timedelta(days=14), timedelta(days=7)),
    (timedelta(days=3), timedelta(days=1)),
)


def remind_before(ends_at: datetime, *, since: datetime) -> datetime | None:
    """The moment; None for what is so short that everybody still knows when it ends."""
    return next((ends_at - ahead for lasts, ahead in _AHEAD if ends_at - since >= lasts), None)


def has_ended(held: Delegation | Training, at: datetime) -> bool:
    """Whether nobody has to be reminded: it is over, its holder has left, or a newer training follows."""
    if isinstance(held, Delegation):
        return held.ends_at <= at or not held.holder.is_active
    newer = Training.objects.filter(person=held.person_id, course=held.course, completed_on__gt=held.completed_on)
    return not held.person.is_active or newer.exists()

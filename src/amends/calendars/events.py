"""What happens to calendars, as the journal tells it."""

from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Event, Retention, Subject, event


@event("calendars.published", sentence=_("Calendar %(code)s: version %(number)s published"), retention=Retention.SYSTEM)
class Published(Event):
    calendar: Subject
    code: str
    number: int
    digest: str
    moves_running: bool


@event("calendars.retired", sentence=_("Calendar %(code)s is not offered any more"), retention=Retention.SYSTEM)
class Retired(Event):
    calendar: Subject
    code: str

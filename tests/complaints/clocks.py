"""What the tests of deadlines need: packs that apply, deadlines by their code, days in words of the test."""

from datetime import UTC, date, datetime

from amends.calendars.loading import working_calendar
from amends.calendars.working_time import local_day
from amends.complaints.models import Complaint, Deadline
from amends.framework.actions.activate_pack import activate_pack
from amends.framework.models import Activation, RulePackVersion
from amends.people.standing import SYSTEM
from tests.cast import World


def apply_pack(world: World, code: str, **filters: object) -> RulePackVersion:
    """Let a shipped pack apply to what is received from the beginning of the test world on."""
    version = RulePackVersion.objects.filter(pack=code).latest("version")
    activate_pack(version, starts_at=world.at, reason="For this test", by=SYSTEM, at=world.at, **filters)  # type: ignore[arg-type]
    return version


def apply_beside(world: World, code: str, **filters: object) -> RulePackVersion:
    """The same, beside the pack that applies."""
    return apply_pack(world, code, role=Activation.Role.BESIDE, **filters)


def clock(complaint: Complaint, code: str) -> Deadline:
    """The newest deadline of that code, as the verbs want it."""
    rows = Deadline.objects.filter(complaint=complaint, code=code)
    return rows.select_related("complaint__lead_unit", "complaint__handler", "calendar", "pack").order_by("-id")[0]


def due_day(deadline: Deadline) -> date:
    """The local day on which it is due."""
    deadline.refresh_from_db()
    return local_day(deadline.due_at, working_calendar(deadline.calendar))


def at(day: int, hour: int = 10, month: int = 3, year: int = 2026) -> datetime:
    """A moment in March 2026 (the world begins on Monday 2 March at nine), or elsewhere."""
    return datetime(year, month, day, hour, tzinfo=UTC)

"""Who looks at calendars, and one to look at."""

import pytest

from amends.calendars.models import Calendar
from tests.cast import AT
from tests.workspace.calendars.pages import a_calendar


@pytest.fixture
def admin(world, as_, at_moment):
    at_moment(AT)
    return as_(world.adam)


@pytest.fixture
def tallinn(world) -> Calendar:
    return a_calendar("Tallinn", country="EE", zone="Europe/Tallinn")

"""Who may say when people work."""

from enum import StrEnum

from amends.people.permissions import is_system
from amends.permissions import engine
from amends.permissions.engine import holds_anywhere
from amends.permissions.roles import Role


class May(StrEnum):
    """Acts on working calendars."""

    SEE = "calendars.see"
    CHANGE = "calendars.change"


RULES: dict[May, engine.Alternatives] = {
    # When we work is no secret: everybody who sees a deadline may look up the calendar behind it.
    May.SEE: [[holds_anywhere(role)] for role in Role],
    May.CHANGE: [
        [holds_anywhere(Role.ADMINISTRATOR)],
        [holds_anywhere(Role.MANAGEMENT_REPRESENTATIVE)],
        [is_system],
    ],
}

engine.register(RULES)

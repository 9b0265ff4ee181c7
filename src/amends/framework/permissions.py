"""Who may set up the framework."""

from enum import StrEnum

from amends.people.permissions import is_system
from amends.permissions import engine
from amends.permissions.engine import holds_anywhere
from amends.permissions.roles import Role


class May(StrEnum):
    """Acts on the organisation and its lists."""

    SET_UP = "framework.set_up"
    CHANGE_ORGANISATION = "framework.change_organisation"
    CHANGE_CATALOGUE = "framework.change_catalogue"
    SEE_RULES = "framework.see_rules"
    ACTIVATE_PACK = "framework.activate_pack"
    CHANGE_PACK = "framework.change_pack"
    CHANGE_LADDER = "framework.change_ladder"
    SEE_AUTHORITIES = "framework.see_authorities"
    CHANGE_AUTHORITIES = "framework.change_authorities"
    RECORD_RATE = "framework.record_rate"
    CHANGE_ASSESSMENT = "framework.change_assessment"
    CHANGE_FORM = "framework.change_form"
    CHANGE_ROUTING = "framework.change_routing"
    CHANGE_OUTSIDE_BODIES = "framework.change_outside_bodies"
    CHANGE_PUBLIC_TEXTS = "framework.change_public_texts"
    WORD_MESSAGES = "framework.word_messages"
    SET_CAPACITY = "framework.set_capacity"
    CHANGE_CALENDAR_USE = "framework.change_calendar_use"
    SEE_SETTINGS = "framework.see_settings"


_RUNS_IT: engine.Alternatives = [
    [holds_anywhere(Role.ADMINISTRATOR)],
    [holds_anywhere(Role.MANAGEMENT_REPRESENTATIVE)],
    [is_system],
]

RULES: dict[May, engine.Alternatives] = {
    May.SET_UP: [[is_system]],
    # The rules that dates follow are open to everybody who works with the dates.
    May.SEE_RULES: [[holds_anywhere(role)] for role in Role],
    May.ACTIVATE_PACK: _RUNS_IT,
    May.CHANGE_PACK: _RUNS_IT,
    May.CHANGE_LADDER: _RUNS_IT,
    # Whoever proposes or decides has to know how far each role may go.
    May.SEE_AUTHORITIES: [[holds_anywhere(role)] for role in Role],
    May.CHANGE_AUTHORITIES: _RUNS_IT,
    May.RECORD_RATE: _RUNS_IT,
    May.CHANGE_ASSESSMENT: _RUNS_IT,
    May.CHANGE_FORM: _RUNS_IT,
    May.CHANGE_ROUTING: _RUNS_IT,
    May.CHANGE_OUTSIDE_BODIES: _RUNS_IT,
    May.CHANGE_PUBLIC_TEXTS: _RUNS_IT,
    May.WORD_MESSAGES: _RUNS_IT,
    May.SET_CAPACITY: [*_RUNS_IT, [holds_anywhere(Role.UNIT_MANAGER)]],
    May.CHANGE_CALENDAR_USE: _RUNS_IT,
    May.CHANGE_ORGANISATION: [
        [holds_anywhere(Role.ADMINISTRATOR)],
        [holds_anywhere(Role.MANAGEMENT_REPRESENTATIVE)],
        [is_system],
    ],
    May.CHANGE_CATALOGUE: [
        [holds_anywhere(Role.ADMINISTRATOR)],
        [holds_anywhere(Role.MANAGEMENT_REPRESENTATIVE)],
        [is_system],
    ],
    May.SEE_SETTINGS: [
        [holds_anywhere(Role.ADMINISTRATOR)],
        [holds_anywhere(Role.MANAGEMENT_REPRESENTATIVE)],
        [holds_anywhere(Role.TOP_MANAGEMENT)],
        [holds_anywhere(Role.AUDITOR)],
        [holds_anywhere(Role.DATA_PROTECTION)],
    ],
}

engine.register(RULES)

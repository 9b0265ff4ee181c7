"""Who asks, who answers, and who sees what came of it."""

from enum import StrEnum

from amends.complaints.relations import (
    decides_in_its_unit,
    handles_in_its_unit,
    is_its_complainant,
    is_not_walled_off,
    recorded_it,
)
from amends.people.permissions import is_system
from amends.permissions import engine
from amends.permissions.engine import holds_anywhere
from amends.permissions.roles import Role


class May(StrEnum):
    """Acts on surveys."""

    CHANGE_RULE = "surveys.change_rule"
    ASK = "surveys.ask"
    ANSWER = "surveys.answer"
    ENTER = "surveys.enter"
    SEE_RESULTS = "surveys.see_results"
    SEE_SIMULATED = "surveys.see_simulated"
    SIMULATE = "surveys.simulate"


RULES: dict[May, engine.Alternatives] = {
    May.CHANGE_RULE: [[holds_anywhere(Role.MANAGEMENT_REPRESENTATIVE)], [holds_anywhere(Role.ADMINISTRATOR)]],
    May.ASK: [[is_system]],
    May.ANSWER: [[is_its_complainant]],
    # What was said on the telephone or came on paper; the verb looks that nobody enters it about their own handling.
    May.ENTER: [
        [handles_in_its_unit, is_not_walled_off],
        [decides_in_its_unit, is_not_walled_off],
        [recorded_it, is_not_walled_off],
    ],
    May.SEE_RESULTS: [
        [holds_anywhere(Role.TOP_MANAGEMENT)],
        [holds_anywhere(Role.MANAGEMENT_REPRESENTATIVE)],
        [holds_anywhere(Role.UNIT_MANAGER)],
        [holds_anywhere(Role.AUDITOR)],
    ],
    # Whoever handles complaints must not know which of them are made up.
    May.SEE_SIMULATED: [
        [holds_anywhere(Role.MANAGEMENT_REPRESENTATIVE), is_not_walled_off],
        [holds_anywhere(Role.AUDITOR), is_not_walled_off],
    ],
    May.SIMULATE: [[holds_anywhere(Role.MANAGEMENT_REPRESENTATIVE), is_not_walled_off]],
}

engine.register(RULES)

"""Who looks after what happens by itself."""

from enum import StrEnum

from amends.permissions import engine
from amends.permissions.engine import holds_anywhere
from amends.permissions.roles import Role


class May(StrEnum):
    """Acts on the running system."""

    SEE_SYSTEM = "reactions.see_system"
    OPERATE = "reactions.operate"
    VERIFY_JOURNAL = "reactions.verify_journal"


RULES: dict[May, engine.Alternatives] = {
    May.SEE_SYSTEM: [
        [holds_anywhere(Role.ADMINISTRATOR)],
        [holds_anywhere(Role.MANAGEMENT_REPRESENTATIVE)],
        [holds_anywhere(Role.AUDITOR)],
    ],
    May.VERIFY_JOURNAL: [
        [holds_anywhere(Role.ADMINISTRATOR)],
        [holds_anywhere(Role.MANAGEMENT_REPRESENTATIVE)],
        [holds_anywhere(Role.AUDITOR)],
    ],
    May.OPERATE: [[holds_anywhere(Role.ADMINISTRATOR)]],
}

engine.register(RULES)

"""Whether a document is a rule pack that does not contradict itself."""

from amends.framework.rules.contradictions import in_clocks
from amends.framework.rules.problems import Problem
from amends.framework.rules.reading import read_pack
from amends.framework.rules.references import between_parts
from amends.framework.rules.shape import PACK

__all__ = ["Problem", "check_pack", "check_shape"]


def check_pack(document: object) -> list[Problem]:
    """Everything that is wrong with any JSON value as a rule pack; nothing when it is one. Never raises.

    Sense is looked for only in a document of the right shape: after the first mending there may be more to mend.
    """
    found = check_shape(document)
    if found or not isinstance(document, dict):
        return found
    pack = read_pack(document)
    return [*in_clocks(pack), *between_parts(pack)]


def check_shape(document: object) -> list[Problem]:
    """What is missing, unknown or written in a way that cannot be read. Never raises."""
    return list(PACK(document, ""))

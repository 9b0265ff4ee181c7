"""Which outside bodies the rules in force name, and which of them stand on the list."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from amends.framework.models import OutsideBody
from amends.framework.rules.parts import ExternalBody, Pack
from amends.framework.which_packs import activations, rules_of


@dataclass(frozen=True)
class NamedBody:
    """A body as a rule pack calls it, with the packs in force that name it."""

    body: ExternalBody
    packs: tuple[Pack, ...]


def named_by_rules(at: datetime) -> dict[str, NamedBody]:
    """By code: the bodies of every pack that is in force. One query."""
    found: dict[str, NamedBody] = {}
    running = activations().filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), starts_at__lte=at)
    versions = {row.pack_version_id: row.pack_version for row in running}
    for pack in map(rules_of, versions.values()):
        for body in pack.external:
            before = found.get(body.code)
            found[body.code] = NamedBody(before.body if before else body, (*(before.packs if before else ()), pack))
    return found


def bodies_to_choose() -> list[OutsideBody]:
    """What a complaint can be taken to. One query."""
    return sorted(OutsideBody.objects.in_use(), key=lambda body: str(body).casefold())

"""The rule for how much mails say, as it is now."""

from dataclasses import dataclass

from amends.framework.models import MailRule


@dataclass(frozen=True)
class Mails:
    """The rule without its history. Version 0 is what Amends begins with."""

    version: int = 0
    by_mail: str = MailRule.Detail.FULL.value
    attaches_decision: bool = False

    def is_like(self, other: "Mails") -> bool:
        """Whether both say the same."""
        return (self.by_mail, self.attaches_decision) == (other.by_mail, other.attaches_decision)


def mails_now() -> Mails:
    """What holds for a complaint that comes in now."""
    row = MailRule.objects.order_by("-version").first()
    return rule_of(row) if row is not None else Mails()


def rule_of(row: MailRule) -> Mails:
    """One version of it."""
    return Mails(row.version, row.by_mail, row.attaches_decision)

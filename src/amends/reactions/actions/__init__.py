"""What an operator can do about follow-ups, and whoever watches over the journal about it."""

from amends.reactions.actions.try_again import try_again
from amends.reactions.actions.verify_journal import verify_journal

__all__ = ["try_again", "verify_journal"]

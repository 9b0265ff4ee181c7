"""What an operator can do about follow-ups."""

from amends.reactions.actions.try_again import try_again

__all__ = ["try_again"]

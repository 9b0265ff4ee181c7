from amends.reactions.models.alert import Alert

__all__ = ["Alert"]

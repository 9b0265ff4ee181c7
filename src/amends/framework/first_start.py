"""The way into an installation that nobody works in yet."""

from django.conf import settings

from amends.kit.ids import derived_token, same


def first_start_token() -> str:
    """The secret in the link of the first start. It follows from the tracking key and dies with the first start."""
    return derived_token("first start", settings.AMENDS_TRACKING_KEY, "setup")[:40]


def is_first_start(token: str) -> bool:
    """Whether this is the secret of this installation."""
    return same(token, first_start_token())

"""`amends rescue EMAIL`: a way in for the last administrator, who has nobody to ask."""

import argparse

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from amends.kit import clock
from amends.people.actions import invite_again, reset_second_factor
from amends.people.actions.reset_second_factor import ON_HOST
from amends.people.invitations import link_token
from amends.people.models import Person
from amends.people.standing import SYSTEM
from amends.project import setting_up
from amends.project.cli import SetUpError
from amends.project.terminal import say


def run(arguments: argparse.Namespace) -> int:
    """Take the second factor away and print a link for a new password. Both stand in the journal."""
    setting_up.require_ready()
    person = Person.objects.filter(email__iexact=arguments.email.strip(), is_active=True).first()
    if person is None:
        raise SetUpError(f"Nobody who works here has the address {arguments.email}. Check it for typing mistakes.")
    at = clock.now()
    with transaction.atomic():
        if Authenticator.objects.filter(user=person).exists():
            reset_second_factor(person, check=ON_HOST, by=SYSTEM, at=at)
            say(f"The second factor of {person.name} is gone.")
        link = invite_again(person, by=SYSTEM, at=at)
    say(f"{person.name} can choose a new password here, once and within 24 hours:")
    say(f"  {settings.AMENDS_PUBLIC_URL}/invitation/{link_token(link)}/")
    return 0

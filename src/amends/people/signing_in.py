"""What Django and django-allauth tell about signing in, written into the journal. The only receivers in Amends."""

from typing import Any

from allauth.account.signals import password_changed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver

from amends.journal.recording import record
from amends.kit import clock
from amends.people import events
from amends.people.models import Person
from amends.people.standing import SYSTEM, standing_of


@receiver(user_logged_in, dispatch_uid="amends_signed_in")
def _signed_in(sender: object, user: Person, **_: Any) -> None:
    at = clock.now()
    with transaction.atomic():
        record(events.SignedIn(person=user.subject), by=standing_of(user, at), at=at)


@receiver(user_logged_out, dispatch_uid="amends_signed_out")
def _signed_out(sender: object, user: Person | None, **_: Any) -> None:
    if user is None:
        return
    at = clock.now()
    with transaction.atomic():
        record(events.SignedOut(person=user.subject), by=standing_of(user, at), at=at)


@receiver(user_login_failed, dispatch_uid="amends_sign_in_failed")
def _failed(sender: object, credentials: dict[str, Any], **_: Any) -> None:
    typed = str(credentials.get("email") or credentials.get("username") or "")
    person = Person.objects.filter(email__iexact=typed).first()
    if person is None:
        return  # an address that nobody has: nothing to protect, and nothing about a stranger to keep
    with transaction.atomic():
        record(events.SignInFailed(person=person.subject), by=SYSTEM, at=clock.now())


@receiver(password_changed, dispatch_uid="amends_password_changed")
def _password_changed(sender: object, user: Person, **_: Any) -> None:
    at = clock.now()
    with transaction.atomic():
        record(events.PasswordChosen(person=user.subject, way="old_password"), by=standing_of(user, at), at=at)

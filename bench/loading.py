"""Fills an installation with complaints for benchmarks: most of them closed history, some open with running clocks."""

PROGRAM = """
import random, secrets
from datetime import timedelta
import django; django.setup()
from django.db import transaction
from amends.complaints import actions
from amends.complaints.actions.assess import Judgement
from amends.complaints.actions.record_history import HistoricComplaint
from amends.complaints.actors import VISITOR
from amends.complaints.intake import Contact, Intake
from amends.complaints.models import Complaint
from amends.complaints.queries import speaking_for
from amends.framework.models import Category, Product
from amends.journal import outbox
from amends.journal.models import Entry
from amends.kit import clock
from amends.people.models import Person
from amends.people.standing import SYSTEM, standing_of
from amends.reactions import worker

chance = random.Random(20261121)
now = clock.now()
words = (
    "water bill meter street late nobody answered invoice valve pressure notice office phone promise engineer "
    "kaebus arve vesi tänav hilines lubadus parandus şikâyet fatura su sokak geç cevap söz onarım sayaç"
).split()
products = list(Product.objects.all())
categories = list(Category.objects.filter(parent__isnull=False))

def text():
    return " ".join(chance.choice(words) for _ in range(95))

count, still_open = {count}, {still_open}
history = count - still_open
for start in range(0, history, 500):
    actions.record_history(
        [
            HistoricComplaint(
                external_id=str(number),
                received_at=now - timedelta(days=chance.uniform(30, 1800)),
                title=text()[:70],
                text=text(),
                language=chance.choice(("en", "et", "tr")),
                channel=chance.choice(("portal", "phone", "post", "email")),
                product=chance.choice(products),
                category=chance.choice(categories),
                complainant=Contact(name="Mari Saar", email=f"m{{number}}@example.org"),
            )
            for number in range(start, min(start + 500, history))
        ],
        source="bench", by=SYSTEM, at=now,
    )
liis = Person.objects.get(email="liis@larkhaven.example")
staff = standing_of(liis, now)
references = []
for start in range(0, still_open, 50):
    with transaction.atomic():
        for number in range(start, min(start + 50, still_open)):
            at = now - timedelta(days=chance.uniform(0, 28))
            intake = Intake(
                text=text() + f" {{number}}", language=chance.choice(("en", "et", "tr")), title=text()[:70],
                product=chance.choice(products), category=chance.choice(categories),
                complainant=Contact(name="Mari Saar", email=f"o{{number}}@example.org", contact_by="email"),
            )
            complaint = actions.receive(intake, token=secrets.token_hex(16), by=VISITOR, at=at).complaint
            if chance.random() < 0.6:
                judgement = Judgement(
                    severity=chance.randint(1, 4), is_safety=chance.random() < 0.05, complexity="simple",
                    impact_complainant=chance.randint(1, 4), impact_others=1, impact_organisation=1,
                    immediate_needed=False, immediate_possible=False,
                    handler=liis if chance.random() < 0.5 else None,
                )
                actions.assess(complaint, judgement, by=staff, at=at + timedelta(hours=2))
                if len(references) < {with_updates}:
                    for turn in range(5):
                        moment = at + timedelta(hours=3 + turn)
                        actions.write_message(complaint, text=text(), by=staff, at=moment)
                        actions.reply(complaint, text=text(), by=speaking_for(complaint), at=moment)
                    references.append(complaint.reference)
outbox.discard_pending_before(Entry.objects.order_by("-pk").first().pk)
worker.drain(most=timedelta(minutes=10))
received = list(Complaint.objects.filter(stage="received", origin="portal").values_list("reference", flat=True))
import json
print(json.dumps({{"complaints": Complaint.objects.count(), "with_updates": references, "received": received}}))
"""


def program(count: int, *, still_open: int, with_updates: int) -> str:
    """The program that fills an installation; its last line is JSON with references to work on."""
    return PROGRAM.format(count=count, still_open=still_open, with_updates=with_updates)

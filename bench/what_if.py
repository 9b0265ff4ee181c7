#!/usr/bin/env python3
"""What-if over complaints from elsewhere: does no change give the actual history, and how long does a question take?

    bench/what_if.py FILE [--map cfpb] [--engine sqlite|postgresql] [--own 100] [--data DIR] [--every 1]

FILE is the public Consumer Complaint Database as CSV (or any file with its mapping). It is imported into an
installation of its own, beside some complaints that came through the verbs, with pauses and extensions; `--data` takes
an installation on SQLite that is there already, and changes nothing in it. Then:

- every deadline is counted again and compared with what was written down;
- every imported complaint (or every n-th, with `--every`) is counted one by one through the normal way of a deadline,
  under the rules that apply and under another pack, and compared;
- several questions are timed, each with its figures and the first page of its list.

`differences` is the sum of all differences. The last line is JSON.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from installation import ROOT, Installation

OWN = """
import django; django.setup()
import random, secrets
from datetime import timedelta
from django.db import transaction
from amends.complaints import actions
from amends.complaints.actions.assess import Judgement
from amends.complaints.actors import VISITOR
from amends.complaints.intake import Contact, Intake
from amends.complaints.models import Deadline
from amends.framework.models import Product
from amends.kit import clock
from amends.people.models import Person
from amends.people.standing import standing_of

chance = random.Random(20261122)
now = clock.now()
liis = Person.objects.get(email="liis@larkhaven.example")
staff = standing_of(liis, now)
for start in range(0, {own}, 50):
    with transaction.atomic():
        for number in range(start, min(start + 50, {own})):
            at = now - timedelta(days=chance.uniform(8, 55))
            intake = Intake(
                text=f"Nobody came. {{number}}", language="en", title="Nobody came", product=Product.objects.first(),
                complainant=Contact(name="Mari Saar", email=f"m{{number}}@example.org", contact_by="email"),
            )
            complaint = actions.receive(intake, token=secrets.token_hex(16), by=VISITOR, at=at).complaint
            judgement = Judgement(
                severity=2, is_safety=False, complexity="simple", impact_complainant=2, impact_others=1,
                impact_organisation=1, immediate_needed=False, immediate_possible=False, handler=liis,
            )
            actions.assess(complaint, judgement, by=staff, at=at + timedelta(hours=2))
            if number % 3 == 0:
                actions.pause(complaint, why="waiting_for_complainant", reason="A bill", by=staff,
                              at=at + timedelta(days=1))
                actions.resume(complaint, by=staff, at=at + timedelta(days=chance.uniform(2, 6)))
            if number % 4 == 0:
                decision = Deadline.objects.select_related("complaint").get(complaint=complaint, kind="decision")
                actions.extend(decision, reason="Snow.", by=staff, at=at + timedelta(days=7))
            if number % 5 == 0:
                complaint.refresh_from_db()
                actions.withdraw(complaint, by=staff, at=at + timedelta(days=7.5))
"""

PROGRAM = """
import django; django.setup()
import json, resource, sys, time
from amends.calendars.limits import Limit, Unit
from amends.calendars.loading import working_calendar
from amends.calendars.models import CalendarVersion
from amends.complaints.counting import basis_of, count
from amends.complaints.models import Complaint, Deadline
from amends.complaints.what_if.answering import Asking, Show
from amends.complaints.what_if.question import Among, Instead, OtherLimit
from amends.complaints.what_if.replaying import replay
from amends.framework.models import RulePackVersion
from amends.framework.which_calendar import calendar_for
from amends.framework.which_packs import PackClock, rules_of
from amends.kit import clock

at, every = clock.now(), {every}
everything, imported = Complaint.objects.all(), Complaint.objects.filter(origin="import")
cfpb = RulePackVersion.objects.filter(pack="us-cfpb").latest("version")
calendar = CalendarVersion.objects.order_by("pk").first()
ten = OtherLimit("decision", Limit(10, Unit.WORKING_DAYS))
questions = {{
    "nothing": Instead(),
    "limit": Instead(limit=ten),
    "calendar": Instead(calendar=calendar),
    "pack": Instead(pack=cfpb),
    "all": Instead(pack=cfpb, limit=ten, calendar=calendar, keeps_pauses=False),
}}

def say(text):
    print(text, file=sys.stderr, flush=True)

seconds, processor, answers = {{}}, {{}}, {{}}
for name, instead in questions.items():
    began, used = time.perf_counter(), time.process_time()
    answers[name], _first = Asking(imported, Among(), instead, at).answer(Show.LATE, 50)
    seconds[name], processor[name] = time.perf_counter() - began, time.process_time() - used
    total = answers[name].total
    say(f"{{name}}: {{total.judged}} clocks, {{total.was_late}} late, {{total.would_be_late}} if; "
        f"{{seconds[name]:.2f}} s")
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

began = time.perf_counter()
own, _first = Asking(everything.exclude(origin="import"), Among(), Instead(), at).answer()
replayed = replay(everything, at)
say(f"{{replayed.deadlines}} deadlines counted again, {{replayed.differences}} differences, "
    f"{{time.perf_counter() - began:.2f}} s")

def slowly(complaint, version):
    # As deadlines.start_clock does it, but for saving.
    found = next(PackClock(version, each) for each in rules_of(version).clocks
                 if each.kind == "decision" and each.starts == "received")
    calendar = calendar_for(rules_of(version), unit=complaint.lead_unit, site=complaint.site)
    deadline = Deadline(complaint=complaint, starts_at=complaint.received_at, calendar=calendar,
                        basis=basis_of(found, complaint, "received", working_calendar(calendar).zone))
    return count(deadline)[0]

compared = differing = differing_if = late_and_open = 0
source = dict.fromkeys(
    ("both_late", "only_we_say_late", "only_the_source_says_late", "both_in_time", "source_silent"), 0)
for number, verdict in enumerate(Asking(imported, Among(), Instead(pack=cfpb), at).verdicts()):
    row = verdict.row
    if number % 10_000 == 0:
        say(f"one by one: {{number}}")
    late_and_open += verdict.was_late and row.ended_at is None
    if number % every:
        continue
    complaint = Complaint.objects.select_related("lead_unit", "pack", "product").get(pk=row.place.complaint)
    due_at, due_if = slowly(complaint, complaint.pack), slowly(complaint, cfpb)
    ended_at = None if complaint.stage == "received" else complaint.stage_since
    compared += 1
    differing += (verdict.due_at, verdict.was_late) != (due_at, (ended_at or at) > due_at)
    differing_if += (verdict.due_if, verdict.would_be_late) != (due_if, (ended_at or at) > due_if)
    timely = complaint.source_facts.get("Timely response?", "")
    if timely not in ("Yes", "No"):
        source["source_silent"] += 1
    elif timely == "No":
        source["both_late" if verdict.would_be_late else "only_the_source_says_late"] += 1
    else:
        source["only_we_say_late" if verdict.would_be_late else "both_in_time"] += 1
say(f"{{compared}} compared one by one: {{differing}} differences, under another pack {{differing_if}}")

nothing = answers["nothing"]
print(json.dumps({{
    "bench": "what_if",
    "complaints": nothing.from_elsewhere,
    "differences": differing + differing_if + replayed.differences + own.differences
        + abs(nothing.total.was_late - nothing.total.would_be_late),
    "seconds": round(max(seconds.values()), 2),
    "late_actual": nothing.total.was_late,
    "late_if": answers["limit"].total.would_be_late,
    "late_actual_still_open": late_and_open,
    "compared_one_by_one": compared,
    "deadlines_replayed": replayed.deadlines,
    "same_day": nothing.same_day,
    "late_if_pack": answers["pack"].total.would_be_late,
    "seconds_by_question": {{name: round(value, 2) for name, value in seconds.items()}},
    "processor_seconds": {{name: round(value, 2) for name, value in processor.items()}},
    "memory_mb": memory,
    "judgement_of_the_source_under_its_pack": source,
}}))
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--map", default="cfpb")
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--own", type=int, default=100, help="complaints of our own beside them")
    parser.add_argument("--data", type=Path, help="a data directory that is there already, instead of FILE")
    parser.add_argument("--every", type=int, default=1, help="compare every n-th imported complaint one by one")
    arguments = parser.parse_args()
    if (arguments.file is None) == (arguments.data is None):
        parser.error("give FILE, or --data")
    program = PROGRAM.format(every=arguments.every)
    if arguments.data is not None:
        return measured(program, {**os.environ, "AMENDS_DATA_DIR": str(arguments.data.absolute())})
    installation = Installation(arguments.engine)
    try:
        installation.make()
        print("importing …", file=sys.stderr, flush=True)
        installation.amends("import", "complaints", str(arguments.file), "--map", arguments.map, "--json")
        installation.python(OWN.format(own=arguments.own))
        return measured(program, installation.environment)
    finally:
        installation.remove()


def measured(program: str, environment: dict[str, str]) -> int:
    """Run the program in its own process; 1 when anything came out otherwise than it should."""
    environment = {
        **environment,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "amends.project.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    print(done.stdout.strip())
    return 1 if json.loads(done.stdout.splitlines()[-1])["differences"] else 0


if __name__ == "__main__":
    sys.exit(main())

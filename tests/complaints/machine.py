"""A Hypothesis machine that does the same to real complaints and to plain ones (`plain.py`) and compares them.

Each step is a verb by somebody of the cast, on one of two complaints, sometimes from a page that is out of date. Where
the plain complaint says no, the verb must refuse and leave no trace; where it says yes, the verb must succeed, write to
the journal, and both must stand where the other stands.
"""

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from operator import methodcaller
from uuid import uuid4

from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from amends.complaints import actions
from amends.complaints.actions.refer import Unlisted
from amends.complaints.actors import Complainant
from amends.complaints.models import Closure, Complaint, Finding, Issue, Referral, Remedy, ScopeDecision
from amends.journal.models import Entry
from amends.journal.pseudonyms import name_of
from amends.kit.invariants import all_invariants
from amends.kit.refusal import Refusal
from amends.people.models import Person
from amends.people.standing import Staff
from tests import builders
from tests.cast import World
from tests.complaints.plain import COMPLAINANT, Plain

WHO = st.sampled_from(["liis", "uma", "mark", "clara", "bruno", "frida", "dario"])
EITHER = st.sampled_from([*["liis", "uma", "mark", "clara", "bruno"], COMPLAINANT])
WHICH = st.integers(0, 1)
STALE = st.sampled_from([False] * 9 + [True])
steps: Counter[str] = Counter()

#: Verbs that need nothing but who does it, with the words they carry; by staff, or by the complainant too.
BY_STAFF: dict[str, dict[str, object]] = {
    "rule_out": {"reason": ScopeDecision.Reason.NOT_US, "where_to_go": "The bus company."},
    "investigate": {},
    "add_issue": {"summary": "More", "category": None},
    "send_back": {"comment": "Why?"},
    "approve": {},
    "communicate": {"channel": "portal"},
    "verify_remedies": {},
    "reopen": {"reason": "Again."},
    "unmerge": {"reason": "Apart."},
}
BY_EITHER: dict[str, dict[str, object]] = {
    "accept": {"channel": "portal"},
    "reject": {"reason": "No.", "channel": "portal"},
    "withdraw": {},
}


class Machine(RuleBasedStateMachine):
    """Two complaints, real and plain."""

    world_of: Callable[[], World]
    checks_every = 40

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.world = type(self).world_of()
        self.at = self.world.at
        self.done = 0

    @initialize()
    def receive(self) -> None:
        receipts = [builders.a_receipt(self.world, token=uuid4().hex) for _each in range(2)]
        self.real = [receipt.complaint for receipt in receipts]
        self.plain = [Plain(), Plain()]

    def teardown(self) -> None:
        self.check_all()
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        connection.queries_log.clear()

    # ------------------------------------------------------------ doing the same twice

    def same(
        self,
        name: str,
        which: int,
        who: str,
        stale: bool | None,
        plain: tuple[object, ...] = (),
        real: tuple[object, ...] = (),
        **words: object,
    ) -> None:
        """Let both do it, and compare. `stale` is None for verbs that ask for no version."""
        complaint, model = Complaint.objects.get(pk=self.real[which].pk), self.plain[which]
        self.at += timedelta(minutes=1)
        version, before, known = model.version, self._entries(), deepcopy(model)
        expected = methodcaller(name, who, *plain)(model)
        if stale and model.version != version:
            self.plain[which] = model = known
            expected = False
        if stale is not None:
            words["seen"] = version - 1 if stale else version
        point = transaction.savepoint()
        try:
            getattr(actions, name)(complaint, *real, **words, by=self.by(who, which), at=self.at)
            transaction.savepoint_commit(point)
            found, why = True, ""
        except Refusal as refusal:
            transaction.savepoint_rollback(point)
            found, why = False, refusal.code
        steps["taken" if found else "refused"] += 1
        self.done += 1
        assert found == expected, f"{name} by {who} says {found} {why}, the plain complaint {expected}: {known}"
        more = self._entries() - before
        assert (more > 0) == found, f"{name} says {found} {why}, and the journal has {more} more"
        self.compare(which)

    def _entries(self) -> int:
        return Entry.objects.filter(subject__in=[name_of(complaint.subject) for complaint in self.real]).count()

    def compare(self, which: int) -> None:
        row = Complaint.objects.select_related("handler").get(pk=self.real[which].pk)
        model = self.plain[which]
        handler = row.handler.email.partition("@")[0] if row.handler else ""
        assert (row.stage, row.version, row.round) == (model.stage, model.version, model.round), model
        assert handler == model.handler, f"{handler} handles it: {model}"
        remedies = list(Remedy.objects.filter(complaint=row).order_by("number").values_list("state", flat=True))
        assert remedies == model.remedies, f"{remedies}: {model}"
        walled = {wall.person.email.partition("@")[0] for wall in row.walls.select_related("person")}
        assert walled == model.walled, f"{walled} are walled off: {model}"

    @invariant()
    def nothing_is_violated(self) -> None:
        if self.done % self.checks_every == self.checks_every - 1:
            self.check_all()

    def check_all(self) -> None:
        """Every registered invariant."""
        violations = [f"{each.name}: {sentence}" for each in all_invariants() for sentence in each.check()]
        assert not violations, violations

    def by(self, who: str, which: int) -> Complainant | Staff:
        """Who acts: the complainant, or somebody of the cast."""
        return builders.the_complainant(self.real[which]) if who == COMPLAINANT else self.world.as_(self.person(who))

    def person(self, who: str) -> Person:
        """Somebody of the cast."""
        found: Person = getattr(self.world, who)
        return found

    # ------------------------------------------------------------ the verbs that need more

    @rule(which=WHICH, who=WHO, handler=st.sampled_from(["liis", "uma"]), stale=STALE)
    def assess(self, which: int, who: str, handler: str, stale: bool) -> None:
        judgement = builders.a_judgement(handler=self.person(handler))
        self.same("assess", which, who, stale, (handler,), (judgement,))

    @rule(which=WHICH, who=WHO, subject=st.sampled_from(["bruno", "liis", "frida"]), often=st.integers(0, 9))
    def name_subject(self, which: int, who: str, subject: str, often: int) -> None:
        if often == 0:  # once named, they are out of the play
            self.same("name_subject", which, who, None, (subject,), (self.person(subject),))

    @rule(which=WHICH, who=WHO, place=st.integers(0, 9), result=st.sampled_from(list(Finding.Result)), stale=STALE)
    def record_finding(self, which: int, who: str, place: int, result: Finding.Result, stale: bool) -> None:
        number = place % len(self.plain[which].answered) + 1
        issue = Issue.objects.get(complaint=self.real[which], number=number)
        self.same("record_finding", which, who, stale, (number,), (issue, builders.a_conclusion(result)))

    @rule(which=WHICH, who=WHO, remedies=st.integers(0, 2), stale=STALE)
    def respond(self, which: int, who: str, remedies: int, stale: bool) -> None:
        self.same("respond", which, who, stale, (remedies,), (builders.a_proposal(self.world, remedies=remedies),))

    @rule(which=WHICH, who=WHO, reviewer=st.sampled_from(["uma", "clara", "liis"]), stale=STALE)
    def open_review(self, which: int, who: str, reviewer: str, stale: bool) -> None:
        reviewing = self.person(reviewer)
        self.same("open_review", which, who, stale, (reviewer,), question="Was it late?", reviewer=reviewing)

    @rule(which=WHICH, who=WHO, stale=STALE)
    def refer(self, which: int, who: str, stale: bool) -> None:
        body = Unlisted("Ombudsman", "It is new")
        self.same("refer", which, who, stale, body=body, referred_on=self.at.date())

    @rule(which=WHICH, who=WHO, stale=STALE)
    def record_result(self, which: int, who: str, stale: bool) -> None:
        words = {"result": "Not for them.", "outcome": Referral.Outcome.WITHDRAWN, "decided_on": self.at.date()}
        self.same("record_result", which, who, stale, **words)

    @rule(which=WHICH, who=WHO, number=st.integers(1, 4), stale=STALE)
    def prove_remedy(self, which: int, who: str, number: int, stale: bool) -> None:
        day = self.world.at.date()
        self.same("prove_remedy", which, who, stale, (number,), (number,), proof="Letter", done_on=day)

    @rule(which=WHICH, who=WHO, reason=st.sampled_from(list(Closure.Reason)), stale=STALE)
    def close(self, which: int, who: str, reason: Closure.Reason, stale: bool) -> None:
        self.same("close", which, who, stale, (reason.value,), reason=reason)

    @rule(which=WHICH, who=WHO)
    def attempt_contact(self, which: int, who: str) -> None:
        self.same("attempt_contact", which, who, None, channel="phone", note="")

    @rule(which=WHICH, who=WHO)
    def write_note(self, which: int, who: str) -> None:
        self.same("write_note", which, who, None, text="Hm.")

    @rule(which=WHICH, who=WHO, stale=STALE)
    def merge(self, which: int, who: str, stale: bool) -> None:
        self.same("merge", which, who, stale, (self.plain[1 - which],), (self.real[1 - which],))

    def simply(self, name: str, which: int, who: str) -> None:
        """A verb that needs nothing more, by somebody who knows the newest."""
        self.same(name, which, who, False, **(BY_STAFF | BY_EITHER)[name])

    # ------------------------------------------------------------ a way forward

    def go_on(self, which: int, choice: int) -> None:
        """What usually comes next, so that lives reach their later stages."""
        model = self.plain[which]
        handler = model.handler if model.handler not in {"", *model.walled} else "uma"
        decider = "mark" if "mark" not in model.had_a_part else "clara"
        number = model.remedies.index("promised") + 1 if "promised" in model.remedies else 1
        unanswered = model.answered.index(False) if False in model.answered else -1
        if unanswered >= 0 and model.stage in {"investigating", "in_review"}:
            return self.record_finding(which, handler, unanswered, Finding.Result.UPHELD, False)
        ways: dict[str, list[Callable[[], None]]] = {
            "received": [lambda: self.assess(which, "clara", "uma", False)],
            "assessed": [lambda: self.simply("investigate", which, handler)],
            "investigating": [lambda: self.respond(which, handler, choice % 3, False)],
            "proposed": [lambda: self.simply("approve", which, decider)],
            "decided": [lambda: self.simply("communicate", which, handler)],
            "communicated": [
                lambda: self.simply("accept", which, COMPLAINANT),
                lambda: self.simply("reject", which, COMPLAINANT),
                lambda: self.attempt_contact(which, handler),
                lambda: self.close(which, handler, Closure.Reason.NO_ANSWER, False),
            ],
            "accepted": [
                lambda: self.prove_remedy(which, handler, number, False),
                lambda: self.close(which, handler, Closure.Reason.SATISFIED, False),
            ],
            "remedied": [lambda: self.simply("verify_remedies", which, "mark")],
            "verified": [lambda: self.close(which, handler, Closure.Reason.SATISFIED, False)],
            "rejected": [
                lambda: self.open_review(which, "clara", "uma", False),
                lambda: self.refer(which, handler, False),
                lambda: self.close(which, handler, Closure.Reason.REVIEW_FINAL, False),
            ],
            "external": [
                lambda: self.record_result(which, handler, False),
                lambda: self.close(which, handler, Closure.Reason.EXHAUSTED, False),
            ],
            "closed": [lambda: self.simply("reopen", which, handler)],
            "merged": [lambda: self.simply("unmerge", which, handler)],
        }
        ways |= {"reopened": ways["received"], "in_review": ways["investigating"]}
        ways |= dict.fromkeys(("withdrawn", "out_of_scope"), ways["closed"])
        found = ways[model.stage]
        return found[choice % len(found)]()


def _simple(name: str, who: st.SearchStrategy[str], words: dict[str, object]) -> None:
    def does(self: Machine, which: int, who: str, stale: bool) -> None:
        self.same(name, which, who, stale, **words)

    does.__name__ = name
    setattr(Machine, name, rule(which=WHICH, who=who, stale=STALE)(does))


for _name, _words in BY_STAFF.items():
    _simple(_name, WHO, _words)
for _name, _words in BY_EITHER.items():
    _simple(_name, EITHER, _words)
#: Hypothesis takes rules with equal chances: every second step goes on.
for _each in range(20):
    setattr(Machine, f"go_on_{_each}", rule(which=WHICH, choice=st.integers(0, 11))(Machine.go_on))

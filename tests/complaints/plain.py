"""A complaint as a plain object: what the standard and the house rules let happen to it, written a second time.

Nothing here knows the life-cycle table, the database or the permissions. The machine in `machine.py` does the same to a
plain complaint and to a real one, and both must come to the same.
"""

from dataclasses import dataclass, field

HANDLING = frozenset({"liis", "uma", "clara"})
DECIDING = frozenset({"mark", "clara"})
LEADING = frozenset({"uma", "clara"})
NAMING = HANDLING | {"frida"}
NOTING = HANDLING | DECIDING

ENDED = frozenset({"closed", "out_of_scope", "withdrawn", "merged"})
BEFORE_DECISION = frozenset({"received", "assessed", "investigating", "reopened"})
PROVING = frozenset({"communicated", "accepted", "rejected", "in_review", "external"})
COMPLAINANT = "complainant"
ATTEMPTS = 2


@dataclass
class Plain:
    """One complaint. Every method says whether the step may be taken, and takes it if so."""

    stage: str = "received"
    version: int = 1
    round: int = 1
    handler: str = ""
    answered: list[bool] = field(default_factory=lambda: [False])
    proposer: str = ""
    had_a_part: set[str] = field(default_factory=set)
    promised_by_proposal: int = 0
    decided_by: dict[int, str] = field(default_factory=dict)
    proofs: list[str] = field(default_factory=list)
    walled: set[str] = field(default_factory=set)
    attempts: int = 0
    reviewed: bool = False
    has_agreed: bool = False
    has_result: bool = False
    before_merging: str = ""

    # Remedies in the order of their numbers: proposed, promised, done, verified, dropped.
    remedies: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.stage not in ENDED

    def _may(self, who: str, among: frozenset[str]) -> bool:
        return who not in self.walled and (who in among or (who == self.handler and among == HANDLING))

    def _go(self, stage: str | None = None) -> bool:
        self.version += 1
        if stage is not None and stage != self.stage:
            self.stage, self.attempts = stage, 0
        return True

    # ------------------------------------------------------------ assessing

    def assess(self, who: str, handler: str) -> bool:
        if not (self._may(who, HANDLING) and self.is_open and handler not in self.walled):
            return False
        self.handler = handler
        return self._go("assessed" if self.stage in {"received", "reopened"} else None)

    def rule_out(self, who: str) -> bool:
        return self._may(who, HANDLING) and self.stage in BEFORE_DECISION and self._go("out_of_scope")

    def name_subject(self, who: str, subject: str) -> bool:
        if not (self._may(who, NAMING) and self.is_open) or subject in self.walled:
            return False
        self.walled.add(subject)
        if self.handler == subject:
            self.handler = ""
        return self._go()

    # ------------------------------------------------------------ investigating

    def investigate(self, who: str) -> bool:
        return (
            self._may(who, HANDLING) and self.stage == "assessed" and bool(self.handler) and self._go("investigating")
        )

    def add_issue(self, who: str) -> bool:
        if not (self._may(who, HANDLING) and self.stage in BEFORE_DECISION | {"in_review"}):
            return False
        self.answered.append(False)
        return self._go()

    def record_finding(self, who: str, number: int) -> bool:
        if not (self._may(who, HANDLING) and self.stage in {"investigating", "in_review"}):
            return False
        self.answered[number - 1] = True
        self.had_a_part.add(who)
        return self._go()

    # ------------------------------------------------------------ deciding

    def respond(self, who: str, remedies: int) -> bool:
        if not (self._may(who, HANDLING) and self.stage in {"investigating", "in_review"} and all(self.answered)):
            return False
        if self.walled:
            return False  # whoever is complained about was not heard
        self.had_a_part.add(who)
        self.proposer = who
        self.remedies += ["proposed"] * remedies
        self.promised_by_proposal = remedies
        return self._go("proposed")

    def send_back(self, who: str) -> bool:
        if not (self._may(who, DECIDING) and self.stage == "proposed"):
            return False
        self.remedies = ["dropped" if state == "proposed" else state for state in self.remedies]
        return self._go("investigating")

    def approve(self, who: str) -> bool:
        if not (self._may(who, DECIDING) and self.stage == "proposed"):
            return False
        if who in self.had_a_part or self.proposer in self.walled:
            return False
        self.had_a_part.add(who)
        self.decided_by[self.round] = who
        self.has_agreed = False
        first = len(self.remedies) - self.promised_by_proposal
        self.remedies = [
            "promised" if place >= first else "dropped" if state == "promised" else state
            for place, state in enumerate(self.remedies)
        ]
        return self._go("decided")

    def communicate(self, who: str) -> bool:
        return self._may(who, HANDLING) and self.stage == "decided" and self._go("communicated")

    # ------------------------------------------------------------ settling

    def accept(self, who: str) -> bool:
        if not (self._says(who) and self.stage in {"communicated", "rejected"}):
            return False
        self.has_agreed = True
        self._go("accepted")
        return self._complete()

    def reject(self, who: str) -> bool:
        return self._says(who) and self.stage == "communicated" and self._go("rejected")

    def _says(self, who: str) -> bool:
        return who == COMPLAINANT or self._may(who, HANDLING)

    def _complete(self) -> bool:
        if "done" in self.remedies and "promised" not in self.remedies:
            self._go("remedied")
        return True

    def attempt_contact(self, who: str) -> bool:
        if not (self._may(who, HANDLING) and self.is_open):
            return False
        self.attempts += 1
        return True

    def open_review(self, who: str, reviewer: str) -> bool:
        if not (who not in self.walled and who in LEADING | DECIDING and self.stage == "rejected"):
            return False
        if reviewer in self.decided_by.values() or reviewer in self.walled:
            return False
        self.round += 1
        self.reviewed = True
        self.handler = reviewer
        return self._go("in_review")

    def refer(self, who: str) -> bool:
        if not (self._may(who, HANDLING) and self.stage in {"communicated", "rejected"}):
            return False
        self.has_result = False
        return self._go("external")

    def record_result(self, who: str) -> bool:
        if not (self._may(who, HANDLING) and self.stage == "external"):
            return False
        self.has_result = True
        self._go()
        return self._complete()

    def prove_remedy(self, who: str, number: int) -> bool:
        if not (self._may(who, HANDLING) and self.stage in PROVING) or self.remedies[number - 1 : number] != [
            "promised"
        ]:
            return False
        self.remedies[number - 1] = "done"
        self.proofs += [""] * (len(self.remedies) - len(self.proofs))
        self.proofs[number - 1] = who
        self._go()
        return self._complete() if self.stage == "accepted" or (self.stage == "external" and self.has_result) else True

    def verify_remedies(self, who: str) -> bool:
        if not (self._may(who, NOTING) and self.stage == "remedied"):
            return False
        if any(state == "done" and self.proofs[place] == who for place, state in enumerate(self.remedies)):
            return False
        self.remedies = ["verified" if state == "done" else state for state in self.remedies]
        return self._go("verified")

    # ------------------------------------------------------------ ending

    def reasons(self) -> set[str]:
        """For which reasons it could be closed."""
        found = set()
        if self.stage == "verified":
            found.add("satisfied" if self.has_agreed else "exhausted")
        if self.stage == "accepted" and not {"promised", "done"} & set(self.remedies):
            found.add("satisfied")
        if self.stage == "communicated" and self.attempts >= ATTEMPTS:
            found.add("no_answer")
        if self.stage == "rejected" and self.reviewed:
            found.add("review_final")
        if self.stage == "external" and self.has_result:
            found.add("exhausted")
        return found

    def close(self, who: str, reason: str) -> bool:
        if not self._may(who, HANDLING) or reason not in self.reasons():
            return False
        self._drop()
        return self._go("closed")

    def withdraw(self, who: str) -> bool:
        if not (self._says(who) and self.is_open):
            return False
        self._drop()
        return self._go("withdrawn")

    def reopen(self, who: str) -> bool:
        if not (self._may(who, HANDLING) and self.stage in {"closed", "withdrawn", "out_of_scope"}):
            return False
        self.round += 1
        return self._go("reopened")

    def _drop(self) -> None:
        self.remedies = ["dropped" if state in {"proposed", "promised"} else state for state in self.remedies]

    # ------------------------------------------------------------ beside the others

    def write_note(self, who: str) -> bool:
        return self._may(who, NOTING)

    def write_message(self, who: str) -> bool:
        return self._may(who, HANDLING) and self.stage != "merged"

    def merge(self, who: str, into: "Plain") -> bool:
        if not (self._may(who, HANDLING) and into._may(who, HANDLING) and self.is_open and into.is_open):
            return False
        if self is into or self.walled != into.walled:
            return False
        self.before_merging = self.stage
        return self._go("merged")

    def unmerge(self, who: str) -> bool:
        return self._may(who, HANDLING) and self.stage == "merged" and self._go(self.before_merging)

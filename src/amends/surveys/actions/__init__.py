from amends.surveys.actions.answer import Said, answer
from amends.surveys.actions.ask import ask
from amends.surveys.actions.change_rule import change_rule
from amends.surveys.actions.draw import draw
from amends.surveys.actions.end import end
from amends.surveys.actions.enter import enter
from amends.surveys.actions.simulate import end_simulation, judge_simulated, mark_simulated

__all__ = [
    "Said",
    "answer",
    "ask",
    "change_rule",
    "draw",
    "end",
    "end_simulation",
    "enter",
    "judge_simulated",
    "mark_simulated",
]

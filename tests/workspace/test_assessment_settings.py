"""The matrix and the criteria: shown with their meaning, tried out before they are saved, kept as versions."""

import pytest

from amends.complaints import actions
from amends.complaints.models import WrongPriority
from amends.framework.actions.change_matrix import change_matrix
from amends.framework.matrix import matrix_now, read_matrix, usual_matrix
from amends.framework.models import Matrix, Significance
from amends.framework.significance import significance_now
from amends.journal.models import Entry
from amends.workspace.settings.assessment_forms import initial_matrix
from tests import builders
from tests.complaints.test_guards import refused
from tests.workspace.test_queue import text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/settings/assessment/"
MATRIX = "/settings/assessment/matrix/"
SIGNIFICANCE = "/settings/assessment/significance/"


def typed(**changes):
    """What a browser sends where nothing but these is changed."""
    return {**initial_matrix(matrix_now(), ["en", "et", "tr"]), "reason": "We learnt from last year.", **changes}


def stricter(**cells):
    """The usual matrix with other results, by cell such as c21."""
    document = usual_matrix().document()
    for name, priority in cells.items():
        document["results"][name[1]][name[2]] = priority
    return read_matrix(0, document)


def test_everybody_who_works_by_it_reads_what_the_levels_mean(world, as_):
    page = text_of(as_(world.liis).get(ADDRESS))
    assert "A small fault or discourtesy without loss" in page
    assert "One household or small business" in page
    assert "50 people or more may be affected" in page
    assert "Change the matrix" not in page
    assert as_(world.liis).get(MATRIX).status_code == 403
    assert as_(world.liis).get(SIGNIFICANCE).status_code == 403


def test_the_assessment_shows_the_meanings_and_the_results_in_force(world, as_):
    change_matrix(stricter(c22=2, c23=2), reason="Faster", by=world.as_(world.clara), at=world.at, seen=0)
    complaint = builders.a_complaint(world)
    page = as_(world.liis).get(f"/staff/complaints/{complaint.reference}/assessment/").content.decode()
    assert "A small fault or discourtesy without loss" in page
    assert "Severity Medium, impact One household: priority 2" in page
    actions.assess(complaint, builders.a_judgement(), by=world.as_(world.liis), at=world.at)
    made = complaint.assessments.get()
    assert (made.priority, made.suggested_priority, made.matrix) == (2, 2, 1)


def test_what_would_change_is_shown_before_anything_is_saved(world, as_):
    complaint = builders.a_complaint(world)
    actions.assess(complaint, builders.a_judgement(), by=world.as_(world.liis), at=world.at)
    chosen = builders.a_complaint(world)
    own = builders.a_judgement(priority=1, priority_reason="An election is near")
    actions.assess(chosen, own, by=world.as_(world.liis), at=world.at)
    clara = as_(world.clara)
    page = text_of(clara.post(MATRIX, typed(cell22="2", cell23="2", reason="", look="1")))
    assert "1 open complaint would be given another priority." in page
    assert complaint.reference in page
    assert chosen.reference not in page
    assert "P3 now, P2 then" in page
    assert not Matrix.objects.exists()
    assert "0 open complaints" in text_of(as_(world.adam).post(MATRIX, typed(cell22="2", cell23="2", look="1")))


def test_it_is_saved_with_a_reason_and_journalled(world, as_):
    clara = as_(world.clara)
    assert clara.post(MATRIX, typed(cell22="2", cell23="2", reason=" ")).status_code == 422
    answer = clara.post(MATRIX, typed(cell22="2", cell23="2", severity2_en="Promised and not kept."))
    assert answer["Location"] == ADDRESS
    grid = matrix_now()
    assert (grid.version, grid.results[2][2], str(grid.severity[2])) == (1, 2, "Promised and not kept.")
    assert grid.severity[2]["et"] == usual_matrix().severity[2]["et"]
    entry = Entry.objects.get(event="framework.matrix_changed")
    assert entry.facts["cells"] == [2, 1, 1, 1, 3, 2, 2, 1, 4, 2, 2, 2, 4, 4, 3, 3]
    assert "We learnt from last year." in text_of(clara.get(ADDRESS))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"cell41": "3", "cell31": "2"}, "cannot be less urgent"),
        ({"cell22": "5"}, "Choose one of the answers shown"),
        ({"cell22": ""}, "Choose one of the answers shown"),
        ({"severity1_en": "", "severity1_et": "", "severity1_tr": ""}, "what every level means"),
        ({}, "Nothing has changed"),
    ],
)
def test_a_matrix_that_makes_no_sense_is_not_saved(world, as_, changes, words):
    answer = as_(world.clara).post(MATRIX, typed(**changes))
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Matrix.objects.exists()


def test_two_who_change_it_see_both_versions(world, as_):
    change_matrix(stricter(c22=2, c23=2), reason="First", by=world.as_(world.clara), at=world.at, seen=0)
    answer = as_(world.clara).post(MATRIX, typed(seen=0, cell31="2"))
    assert answer.status_code == 409
    assert Matrix.objects.count() == 1
    assert 'name="seen" value="1"' in answer.content.decode()


def test_the_criteria_are_changed_on_their_page(world, as_):
    clara = as_(world.clara)
    sent = {"seen": 0, "severity_from": "3", "people_from": "", "for_safety": "on"}
    assert clara.post(SIGNIFICANCE, {**sent, "people_from": "many"}).status_code == 422
    assert clara.post(SIGNIFICANCE, {"seen": 0, "severity_from": "", "people_from": "5"}).status_code == 422
    assert clara.post(SIGNIFICANCE, sent)["Location"] == ADDRESS
    now = significance_now()
    assert (now.severity_from, now.people_from, now.for_safety, now.said_by_staff) == (3, None, True, False)
    assert "Severity: High or worse" in text_of(clara.get(ADDRESS))
    assert clara.post(SIGNIFICANCE, {**sent, "severity_from": "2"}).status_code == 409
    assert Significance.objects.count() == 1


# ---------------------------------------------------------------- what turned out to be wrong


def test_a_reassessment_two_steps_away_says_that_the_first_was_wrong(world):
    complaint = builders.a_complaint(world)
    liis = world.as_(world.liis)
    actions.assess(complaint, builders.a_judgement(severity=1), by=liis, at=world.at)
    actions.assess(complaint, builders.a_judgement(severity=2), by=liis, at=world.at)
    complaint.refresh_from_db()
    assert not complaint.is_mis_prioritized
    actions.assess(complaint, builders.a_judgement(severity=4), by=liis, at=world.at)
    complaint.refresh_from_db()
    assert complaint.is_mis_prioritized
    found = WrongPriority.objects.get()
    assert (found.assessment.version, found.is_by_reassessment) == (2, True)
    said = [entry.facts["was_wrong"] for entry in Entry.objects.filter(event="complaints.assessed").order_by("id")]
    assert said == [False, False, True]


def test_a_person_says_so_with_a_reason_once(world, as_):
    complaint = builders.a_complaint(world)
    dario = world.as_(world.dario)
    actions.assess(complaint, builders.a_judgement(), by=world.as_(world.liis), at=world.at)
    at = f"/staff/complaints/{complaint.reference}/assessment/wrong/"
    client = as_(world.dario)
    assert client.post(at, {"seen": complaint.version, "reason": ""}).status_code == 422
    assert client.post(at, {"seen": complaint.version, "reason": "A whole street had no water."}).status_code == 302
    page = text_of(client.get(f"/staff/complaints/{complaint.reference}/"))
    assert "Priority was wrong" in page
    assert "Priority 3 was found to be wrong" in page
    refused("marked_already", lambda: actions.mark_wrong_priority(complaint, reason="Again", by=dario, at=world.at))
    refused(
        "not_permitted",
        lambda: actions.mark_wrong_priority(complaint, reason="Hm", by=world.as_(world.bruno), at=world.at),
    )

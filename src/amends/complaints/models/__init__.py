from amends.complaints.models.acknowledgement import Acknowledgement, ContactAttempt
from amends.complaints.models.assessment import Assessment
from amends.complaints.models.closure import Closure, Referral, Reopening, Review, ScopeDecision, Withdrawal
from amends.complaints.models.complaint import Complaint
from amends.complaints.models.deadline import (
    AppliedPack,
    Deadline,
    DeemedOutcome,
    EscalatedTo,
    Escalation,
    Extension,
    Pause,
)
from amends.complaints.models.draft import Draft, DraftFile
from amends.complaints.models.investigation import Finding
from amends.complaints.models.issue import Issue
from amends.complaints.models.party import Party, Wall
from amends.complaints.models.remedy import Remedy
from amends.complaints.models.response import Answer, Communication, Decision, Response
from amends.complaints.models.text import CaseText

__all__ = [
    "Acknowledgement",
    "Answer",
    "AppliedPack",
    "Assessment",
    "CaseText",
    "Closure",
    "Communication",
    "Complaint",
    "ContactAttempt",
    "Deadline",
    "Decision",
    "DeemedOutcome",
    "Draft",
    "DraftFile",
    "EscalatedTo",
    "Escalation",
    "Extension",
    "Finding",
    "Issue",
    "Party",
    "Pause",
    "Referral",
    "Remedy",
    "Reopening",
    "Response",
    "Review",
    "ScopeDecision",
    "Wall",
    "Withdrawal",
]

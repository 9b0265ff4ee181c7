from amends.complaints.models.acknowledgement import Acknowledgement, ContactAttempt
from amends.complaints.models.assessment import Assessment
from amends.complaints.models.authority import ActingAuthority
from amends.complaints.models.closure import Closure, Reopening, Review, ScopeDecision, Withdrawal
from amends.complaints.models.complaint import Complaint
from amends.complaints.models.contact import Contact, ContactMerging, ContactPoint
from amends.complaints.models.contact_change import ContactChange
from amends.complaints.models.correction import Correction
from amends.complaints.models.deadline import (
    AppliedPack,
    Deadline,
    DeemedOutcome,
    EscalatedTo,
    Escalation,
    Extension,
    Pause,
)
from amends.complaints.models.depth import InvestigationLevel
from amends.complaints.models.disclosure import OutsideDisclosure
from amends.complaints.models.draft import Draft, DraftFile
from amends.complaints.models.evidence import Custody, Evidence
from amends.complaints.models.hand_over import HandOver
from amends.complaints.models.hearing import Hearing, Unheard
from amends.complaints.models.held_message import HeldFile, HeldMessage
from amends.complaints.models.interim import InterimMeasure, PlannedStep, UndoneStep
from amends.complaints.models.internal_notice import InternalNotice
from amends.complaints.models.investigation import Finding
from amends.complaints.models.issue import Issue
from amends.complaints.models.letter import Letter
from amends.complaints.models.link import Link
from amends.complaints.models.merging import HeldClock, Merging
from amends.complaints.models.need import Need
from amends.complaints.models.one_time_code import OneTimeCode
from amends.complaints.models.own_answer import OwnAnswer
from amends.complaints.models.party import LiftedWall, Party, Wall
from amends.complaints.models.plan import PlanAnswer, PlanQuestion
from amends.complaints.models.priority import WrongPriority
from amends.complaints.models.redress import RedressProgress, RedressProject
from amends.complaints.models.referral import NextLook, Referral
from amends.complaints.models.remedy import Remedy
from amends.complaints.models.response import Answer, Communication, Decision, Response
from amends.complaints.models.shielding import DetrimentReport, Shield
from amends.complaints.models.significance import SignificantAlert, SignificantReader
from amends.complaints.models.subject_rights import (
    Disclosure,
    PassedToHr,
    Statement,
    SubjectNotice,
    SubjectResult,
    SupportPerson,
)
from amends.complaints.models.summary import SummaryCheck
from amends.complaints.models.task import InvestigationTask, TaskAnswerFile, TaskFile
from amends.complaints.models.text import CaseText
from amends.complaints.models.unsent_letter import UnsentLetter
from amends.complaints.models.voiding import Voiding

__all__ = [
    "Acknowledgement",
    "ActingAuthority",
    "Answer",
    "AppliedPack",
    "Assessment",
    "CaseText",
    "Closure",
    "Communication",
    "Complaint",
    "Contact",
    "ContactAttempt",
    "ContactChange",
    "ContactMerging",
    "ContactPoint",
    "Correction",
    "Custody",
    "Deadline",
    "Decision",
    "DeemedOutcome",
    "DetrimentReport",
    "Disclosure",
    "Draft",
    "DraftFile",
    "EscalatedTo",
    "Escalation",
    "Evidence",
    "Extension",
    "Finding",
    "HandOver",
    "Hearing",
    "HeldClock",
    "HeldFile",
    "HeldMessage",
    "InterimMeasure",
    "InternalNotice",
    "InvestigationLevel",
    "InvestigationTask",
    "Issue",
    "Letter",
    "LiftedWall",
    "Link",
    "Merging",
    "Need",
    "NextLook",
    "OneTimeCode",
    "OutsideDisclosure",
    "OwnAnswer",
    "Party",
    "PassedToHr",
    "Pause",
    "PlanAnswer",
    "PlanQuestion",
    "PlannedStep",
    "RedressProgress",
    "RedressProject",
    "Referral",
    "Remedy",
    "Reopening",
    "Response",
    "Review",
    "ScopeDecision",
    "Shield",
    "SignificantAlert",
    "SignificantReader",
    "Statement",
    "SubjectNotice",
    "SubjectResult",
    "SummaryCheck",
    "SupportPerson",
    "TaskAnswerFile",
    "TaskFile",
    "UndoneStep",
    "Unheard",
    "UnsentLetter",
    "Voiding",
    "Wall",
    "Withdrawal",
    "WrongPriority",
]

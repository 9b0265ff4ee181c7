"""The verbs of clause 7, a module for each."""

from amends.complaints.actions.accept import accept
from amends.complaints.actions.accept_hand_over import accept_hand_over
from amends.complaints.actions.acknowledge import acknowledge
from amends.complaints.actions.add_evidence import add_evidence
from amends.complaints.actions.add_issue import add_issue
from amends.complaints.actions.answer_question import answer_question
from amends.complaints.actions.answer_task import answer_task
from amends.complaints.actions.approve import approve
from amends.complaints.actions.ask_for_code import ask_for_code
from amends.complaints.actions.ask_to_void import ask_to_void
from amends.complaints.actions.assess import assess
from amends.complaints.actions.assign import assign
from amends.complaints.actions.attempt_contact import attempt_contact
from amends.complaints.actions.cancel_task import cancel_task
from amends.complaints.actions.change_contact import change_contact
from amends.complaints.actions.change_level import change_level
from amends.complaints.actions.change_packs import change_packs
from amends.complaints.actions.close import close
from amends.complaints.actions.communicate import communicate
from amends.complaints.actions.complete_step import complete_step
from amends.complaints.actions.confirm_summary import confirm_summary
from amends.complaints.actions.convert import convert
from amends.complaints.actions.correct import correct
from amends.complaints.actions.correct_contact import correct_contact
from amends.complaints.actions.declare_conflict import declare_conflict
from amends.complaints.actions.decline_hand_over import decline_hand_over
from amends.complaints.actions.deem import deem
from amends.complaints.actions.disclose import disclose
from amends.complaints.actions.end_authority import end_authority
from amends.complaints.actions.escalate import escalate
from amends.complaints.actions.export_register import export_register
from amends.complaints.actions.extend import extend
from amends.complaints.actions.follow_walls import follow_walls
from amends.complaints.actions.give_adjustment import give_adjustment
from amends.complaints.actions.give_details import give_details
from amends.complaints.actions.give_task import give_task
from amends.complaints.actions.hand_over import hand_over
from amends.complaints.actions.hold_back_letter import hold_back_letter
from amends.complaints.actions.hold_message import hold_message
from amends.complaints.actions.investigate import investigate
from amends.complaints.actions.join_mail import join_mail
from amends.complaints.actions.keep_mail import keep_mail
from amends.complaints.actions.lapse import lapse
from amends.complaints.actions.leave_remedy import leave_remedy
from amends.complaints.actions.leave_unheard import leave_unheard
from amends.complaints.actions.lift_wall import lift_wall
from amends.complaints.actions.link import link
from amends.complaints.actions.link_contact import link_contact
from amends.complaints.actions.mark_wrong_priority import mark_wrong_priority
from amends.complaints.actions.merge import merge
from amends.complaints.actions.merge_contacts import merge_contacts, part_contacts
from amends.complaints.actions.move_deadlines import move_deadlines
from amends.complaints.actions.move_evidence import move_evidence
from amends.complaints.actions.name_subject import name_subject
from amends.complaints.actions.name_support_person import name_support_person
from amends.complaints.actions.note_bounce import hold_back_reply, note_bounce, note_refusal
from amends.complaints.actions.open_redress import open_redress
from amends.complaints.actions.open_review import open_review
from amends.complaints.actions.overdue import overdue
from amends.complaints.actions.pause import pause
from amends.complaints.actions.plan_question import plan_question
from amends.complaints.actions.post_letter import post_letter, print_letter
from amends.complaints.actions.prove_remedy import prove_remedy
from amends.complaints.actions.queue_letter import queue_letter, write_letter
from amends.complaints.actions.raise_significant import raise_significant
from amends.complaints.actions.react_to_significant import react_to_significant
from amends.complaints.actions.read_notice import read_notice
from amends.complaints.actions.read_significant import read_significant
from amends.complaints.actions.receive import receive
from amends.complaints.actions.record_authority import record_authority
from amends.complaints.actions.record_finding import record_finding
from amends.complaints.actions.record_hearing import record_hearing
from amends.complaints.actions.record_history import record_history
from amends.complaints.actions.record_need import record_need
from amends.complaints.actions.record_progress import end_redress, record_progress
from amends.complaints.actions.record_result import record_result
from amends.complaints.actions.redeem_code import redeem_code
from amends.complaints.actions.refer import refer
from amends.complaints.actions.refer_to_hr import refer_to_hr
from amends.complaints.actions.reject import reject
from amends.complaints.actions.remind import remind
from amends.complaints.actions.remind_of import remind_of
from amends.complaints.actions.renew_access_code import renew_access_code
from amends.complaints.actions.reopen import reopen
from amends.complaints.actions.reply import reply
from amends.complaints.actions.report_detriment import report_detriment
from amends.complaints.actions.respond import respond
from amends.complaints.actions.resume import resume
from amends.complaints.actions.resume_by_itself import resume_by_itself
from amends.complaints.actions.reveal_identity import reveal_identity
from amends.complaints.actions.rule_out import rule_out
from amends.complaints.actions.send_back import send_back
from amends.complaints.actions.send_held import send_held
from amends.complaints.actions.set_mail_aside import dismiss_mail, set_mail_aside
from amends.complaints.actions.set_next_look import set_next_look
from amends.complaints.actions.settle_at_once import resolve_on_the_spot, settle_at_once
from amends.complaints.actions.shield import shield
from amends.complaints.actions.take_back import take_back
from amends.complaints.actions.take_interim_measure import take_interim_measure
from amends.complaints.actions.take_over import take_over
from amends.complaints.actions.take_statement import take_statement
from amends.complaints.actions.take_up_mail import take_up_mail
from amends.complaints.actions.tell_subject import tell_subject
from amends.complaints.actions.tell_subject_result import tell_subject_result
from amends.complaints.actions.translate import translate
from amends.complaints.actions.undo_step import undo_step
from amends.complaints.actions.unlink import unlink
from amends.complaints.actions.unlink_contact import unlink_contact
from amends.complaints.actions.unmerge import unmerge
from amends.complaints.actions.unshield import unshield
from amends.complaints.actions.unvoid import unvoid
from amends.complaints.actions.unwithdraw import unwithdraw
from amends.complaints.actions.update_referral import update_referral
from amends.complaints.actions.verify_evidence import verify_evidence
from amends.complaints.actions.verify_hearing import verify_hearing
from amends.complaints.actions.verify_remedies import verify_remedies
from amends.complaints.actions.void import decline_void, void
from amends.complaints.actions.want_update import want_update
from amends.complaints.actions.withdraw import withdraw
from amends.complaints.actions.withdraw_consent import withdraw_consent
from amends.complaints.actions.write_message import write_message
from amends.complaints.actions.write_note import write_note

__all__ = [
    "accept",
    "accept_hand_over",
    "acknowledge",
    "add_evidence",
    "add_issue",
    "answer_question",
    "answer_task",
    "approve",
    "ask_for_code",
    "ask_to_void",
    "assess",
    "assign",
    "attempt_contact",
    "cancel_task",
    "change_contact",
    "change_level",
    "change_packs",
    "close",
    "communicate",
    "complete_step",
    "confirm_summary",
    "convert",
    "correct",
    "correct_contact",
    "declare_conflict",
    "decline_hand_over",
    "decline_void",
    "deem",
    "disclose",
    "dismiss_mail",
    "end_authority",
    "end_redress",
    "escalate",
    "export_register",
    "extend",
    "follow_walls",
    "give_adjustment",
    "give_details",
    "give_task",
    "hand_over",
    "hold_back_letter",
    "hold_back_reply",
    "hold_message",
    "investigate",
    "join_mail",
    "keep_mail",
    "lapse",
    "leave_remedy",
    "leave_unheard",
    "lift_wall",
    "link",
    "link_contact",
    "mark_wrong_priority",
    "merge",
    "merge_contacts",
    "move_deadlines",
    "move_evidence",
    "name_subject",
    "name_support_person",
    "note_bounce",
    "note_refusal",
    "open_redress",
    "open_review",
    "overdue",
    "part_contacts",
    "pause",
    "plan_question",
    "post_letter",
    "print_letter",
    "prove_remedy",
    "queue_letter",
    "raise_significant",
    "react_to_significant",
    "read_notice",
    "read_significant",
    "receive",
    "record_authority",
    "record_finding",
    "record_hearing",
    "record_history",
    "record_need",
    "record_progress",
    "record_result",
    "redeem_code",
    "refer",
    "refer_to_hr",
    "reject",
    "remind",
    "remind_of",
    "renew_access_code",
    "reopen",
    "reply",
    "report_detriment",
    "resolve_on_the_spot",
    "respond",
    "resume",
    "resume_by_itself",
    "reveal_identity",
    "rule_out",
    "send_back",
    "send_held",
    "set_mail_aside",
    "set_next_look",
    "settle_at_once",
    "shield",
    "take_back",
    "take_interim_measure",
    "take_over",
    "take_statement",
    "take_up_mail",
    "tell_subject",
    "tell_subject_result",
    "translate",
    "undo_step",
    "unlink",
    "unlink_contact",
    "unmerge",
    "unshield",
    "unvoid",
    "unwithdraw",
    "update_referral",
    "verify_evidence",
    "verify_hearing",
    "verify_remedies",
    "void",
    "want_update",
    "withdraw",
    "withdraw_consent",
    "write_letter",
    "write_message",
    "write_note",
]

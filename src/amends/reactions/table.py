"""Everything that happens by itself, on one page: which event brings what about.

A reaction takes the entry, may run twice without harm, and is tried again until it succeeds (see journal.outbox).
"""

from amends.calendars import events as calendars
from amends.complaints import events as complaints
from amends.complaints.holding_messages import HELD_FOR
from amends.framework import events as framework
from amends.journal.outbox import Reactions
from amends.people import events as people
from amends.reactions import letters, messages, notices, recounting, surveys, walls
from amends.surveys import events as survey_events

TABLE = Reactions(
    when={
        complaints.Received: [
            notices.acknowledgement,
            letters.receipt_on_paper,
            notices.danger,
            notices.reported_inside,
        ],
        complaints.Assigned: [notices.assigned],
        # Once more: the manager may have changed at the moment when they were named.
        complaints.SubjectNamed: [notices.assigned, notices.wall_raised, walls.of_complaint],
        complaints.ConflictDeclared: [notices.assigned, notices.wall_raised],
        complaints.WallsFollowed: [notices.assigned, notices.wall_raised],
        complaints.SubjectTold: [notices.about_you],
        complaints.DetailsGiven: [notices.about_you],
        complaints.SubjectResultTold: [notices.about_you],
        complaints.HandedOver: [notices.handed_over],
        complaints.HandOverDeclined: [notices.hand_over_declined],
        complaints.Assessed: [notices.assigned, notices.significant],
        complaints.SignificantRaised: [notices.significant],
        complaints.RuledOut: [notices.message_waiting, letters.on_paper],
        complaints.MessageHeld: [messages.let_go],
        complaints.MessageSent: [notices.message_waiting, letters.on_paper],
        complaints.Replied: [notices.reply_arrived],
        complaints.SummaryConfirmed: [notices.summary_answered],
        complaints.MailSetAside: [notices.mail_waits],
        complaints.MailCameBack: [notices.mail_came_back],
        complaints.AnsweredFromElsewhere: [notices.answered_from_elsewhere],
        complaints.AutomaticReplyHeldBack: [notices.confirmation_held_back],
        complaints.LetterHeldBack: [notices.letter_held_back],
        complaints.TaskGiven: [notices.task_given],
        complaints.TaskAnswered: [notices.task_answered],
        complaints.TaskCancelled: [notices.task_cancelled],
        complaints.InterimMeasureTaken: [notices.message_waiting, letters.on_paper],
        complaints.ResponseProposed: [notices.approval_wanted],
        complaints.ResponseSentBack: [notices.response_sent_back],
        complaints.Communicated: [
            letters.on_paper,
            notices.decision_ready,
            notices.decision_inside,
            surveys.after_decision,
        ],
        complaints.Accepted: [notices.decision_answered],
        complaints.Rejected: [notices.decision_answered],
        complaints.ReviewOpened: [notices.assigned, notices.progress, letters.progress_on_paper],
        complaints.ExternalResultRecorded: [notices.remedy_ordered],
        complaints.RemedyProved: [notices.progress],
        complaints.Closed: [notices.progress, letters.progress_on_paper, surveys.after_closing],
        complaints.Withdrawn: [surveys.after_closing],
        survey_events.Opened: [surveys.opened],
        complaints.Reopened: [notices.progress, letters.progress_on_paper, walls.of_complaint],
        complaints.Merged: [notices.progress, letters.progress_on_paper],
        complaints.VoidAsked: [notices.void_wanted],
        complaints.Unmerged: [notices.progress, letters.progress_on_paper, walls.of_complaint],
        complaints.AuthorityRecorded: [notices.progress],
        complaints.ConsentWithdrawn: [notices.consent_withdrawn],
        complaints.DetrimentReported: [notices.detriment],
        complaints.CodeAskedFor: [notices.one_time_code],
        complaints.ContactChanged: [notices.contact_changed, notices.complainant_changed],
        complaints.WithdrawalTakenBack: [notices.progress, notices.complainant_changed],
        complaints.Reminded: [notices.alert],
        complaints.RemindedOf: [notices.something_waits],
        complaints.UpdateWanted: [notices.alert],
        complaints.DeadlineMissed: [notices.alert, notices.delay, letters.delay_on_paper],
        complaints.LetterPosted: [letters.receipt_posted],
        complaints.TimeLapsed: [notices.alert],
        complaints.Deemed: [notices.alert, notices.deemed, letters.deemed_on_paper],
        complaints.Escalated: [notices.alert],
        complaints.Extended: [notices.message_waiting, letters.on_paper],
        calendars.Published: [recounting.calendar_published],
        framework.PackActivated: [recounting.pack_activated],
        people.Invited: [notices.invitation, walls.of_person],
        people.PersonChanged: [walls.of_person],
        people.EndReminded: [notices.something_ends],
        people.NewPasswordAsked: [notices.new_password],
        people.PasswordChosen: [notices.password_changed],
        people.SecondFactorReset: [notices.second_factor_removed],
    },
    always=(),
    waits={messages.let_go: HELD_FOR},
)

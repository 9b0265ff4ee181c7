import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from amends.kit.dialect import AppendOnly


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('calendars', '0001_initial'),
        ('complaints', '0001_initial'),
        ('correspondence', '0001_initial'),
        ('files', '0001_initial'),
        ('framework', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='appliedpack',
            name='pack',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applied', to='framework.rulepackversion'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='casetext',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='closure',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='communication',
            name='message',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='communication', to='correspondence.message'),
        ),
        migrations.AddField(
            model_name='communication',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='complaint',
            name='about_handling_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaints_about_handling', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='handler',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='handled_complaints', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='complaint',
            name='lead_unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='people.unit'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_duplicates', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='pack',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='framework.rulepackversion'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='participating_units',
            field=models.ManyToManyField(blank=True, related_name='takes_part_in', to='people.unit'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='possible_duplicate_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='possible_duplicates', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='product',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='framework.product'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recorded_complaints', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='complaint',
            name='thread',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='complaint', to='correspondence.thread'),
        ),
        migrations.AddField(
            model_name='communication',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='communications', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='closure',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closures', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='casetext',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='appliedpack',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applied_packs', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='answer',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='actingauthority',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorities', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='acknowledgement',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgements', to='complaints.complaint'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(fields=['name_key', 'id'], name='contact_by_name'),
        ),
        migrations.AddField(
            model_name='contactattempt',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contact_attempts', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='contactattempt',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='contactpoint',
            name='contact',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='complaints.contact'),
        ),
        migrations.AddField(
            model_name='correction',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='correction',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='custody',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='deadline',
            name='calendar',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='calendars.calendarversion'),
        ),
        migrations.AddField(
            model_name='deadline',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='deadline',
            name='pack',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='framework.rulepackversion'),
        ),
        migrations.AddField(
            model_name='decision',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='decision',
            name='decided_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decision',
            name='decided_for',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decision',
            name='limit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='framework.authoritylimit'),
        ),
        migrations.AddField(
            model_name='decision',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decision',
            name='proposed_for',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='communication',
            name='decision',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='communication', to='complaints.decision'),
        ),
        migrations.AddField(
            model_name='answer',
            name='decision',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='complaints.decision'),
        ),
        migrations.AddField(
            model_name='deemedoutcome',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deemed_outcomes', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='deemedoutcome',
            name='deadline',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='deemed_outcome', to='complaints.deadline'),
        ),
        migrations.AddField(
            model_name='detrimentreport',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='detriments', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='detrimentreport',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='disclosure',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='draft',
            name='complaint',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draft', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='draftfile',
            name='draft',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='complaints.draft'),
        ),
        migrations.AddField(
            model_name='draftfile',
            name='file',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft_file', to='files.storedfile'),
        ),
        migrations.AddField(
            model_name='escalatedto',
            name='instead_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='escalations_stood_in', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='escalatedto',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='escalation',
            name='deadline',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to='complaints.deadline'),
        ),
        migrations.AddField(
            model_name='escalatedto',
            name='escalation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='complaints.escalation'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='file',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='files.storedfile'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='custody',
            name='evidence',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='custody', to='complaints.evidence'),
        ),
        migrations.AddField(
            model_name='extension',
            name='deadline',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='complaints.deadline'),
        ),
        migrations.AddField(
            model_name='extension',
            name='message',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadline_extension', to='correspondence.message'),
        ),
        migrations.AddField(
            model_name='extension',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='finding',
            name='cause',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='framework.cause'),
        ),
        migrations.AddField(
            model_name='finding',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs_answered', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='handover',
            name='given_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs_given', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='to_person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs_offered', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='to_unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs_offered', to='people.unit'),
        ),
        migrations.AddField(
            model_name='hearing',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='hearing',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hearing',
            name='verified_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='heldclock',
            name='deadline',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='complaints.deadline'),
        ),
        migrations.AddField(
            model_name='interimmeasure',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interim_measures', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='interimmeasure',
            name='message',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='interim_measure', to='correspondence.message'),
        ),
        migrations.AddField(
            model_name='interimmeasure',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='internalnotice',
            name='communication',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='internal_notices', to='complaints.communication'),
        ),
        migrations.AddField(
            model_name='internalnotice',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='internal_notices', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='internalnotice',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='internal_notices', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='investigationlevel',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='investigation_levels', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='investigationlevel',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='investigationtask',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks_given', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='investigationtask',
            name='asked_person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asked_tasks', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='investigationtask',
            name='asked_unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asked_tasks', to='people.unit'),
        ),
        migrations.AddField(
            model_name='investigationtask',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='investigationtask',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='issue',
            name='category',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='framework.category'),
        ),
        migrations.AddField(
            model_name='issue',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='investigationtask',
            name='issue',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='complaints.issue'),
        ),
        migrations.AddField(
            model_name='finding',
            name='issue',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='complaints.issue'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='issue',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='complaints.issue'),
        ),
        migrations.AddField(
            model_name='liftedwall',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lifted_walls', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='liftedwall',
            name='lifted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='liftedwall',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lifted_walls', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='link',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='link',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='link',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='linked_from', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='link',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merging',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mergings', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='merging',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merging',
            name='into',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken_in', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='merging',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='heldclock',
            name='merging',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held_clocks', to='complaints.merging'),
        ),
        migrations.AddField(
            model_name='need',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs_recorded', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='need',
            name='given_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='need',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='party',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='party',
            name='contact',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='complaints.contact'),
        ),
        migrations.AddField(
            model_name='party',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='named_in', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hearing',
            name='party',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='complaints.party'),
        ),
        migrations.AddField(
            model_name='disclosure',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disclosures', to='complaints.party'),
        ),
        migrations.AddField(
            model_name='communication',
            name='addressee',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='complaints.party'),
        ),
        migrations.AddField(
            model_name='actingauthority',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorities', to='complaints.party'),
        ),
        migrations.AddField(
            model_name='pause',
            name='begun_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pauses_begun', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pause',
            name='deadline',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='complaints.deadline'),
        ),
        migrations.AddField(
            model_name='plananswer',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='plannedstep',
            name='interim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='complaints.interimmeasure'),
        ),
        migrations.AddField(
            model_name='planquestion',
            name='issue',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='complaints.issue'),
        ),
        migrations.AddField(
            model_name='planquestion',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='plananswer',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='complaints.planquestion'),
        ),
        migrations.AddField(
            model_name='redressprogress',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='redressproject',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redress_projects', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='redressproject',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='redressproject',
            name='opened_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='redressproject',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redress_projects', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='redressprogress',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='complaints.redressproject'),
        ),
        migrations.AddField(
            model_name='referral',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='referral',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='remedy',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='remedy',
            name='kind',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to='framework.remedykind'),
        ),
        migrations.AddField(
            model_name='remedy',
            name='proof_file',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proof_of', to='files.storedfile'),
        ),
        migrations.AddField(
            model_name='remedy',
            name='proved_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='remedy',
            name='verified_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reopening',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reopenings', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='reopening',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='response',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='response',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposed_responses', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='response',
            name='proposed_for',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='response',
            name='sent_back_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sent_back_responses', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='remedy',
            name='response',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to='complaints.response'),
        ),
        migrations.AddField(
            model_name='decision',
            name='response',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='complaints.response'),
        ),
        migrations.AddField(
            model_name='review',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='review',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='scopedecision',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scope_decisions', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='scopedecision',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='shield',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shields', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='shield',
            name='lifted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='shield',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='significantalert',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='significant_alerts', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='significantalert',
            name='raised_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='significant_alerts_raised', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='significantalert',
            name='reacted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='significant_reactions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='significantreader',
            name='alert',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readers', to='complaints.significantalert'),
        ),
        migrations.AddField(
            model_name='significantreader',
            name='instead_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='significant_alerts_stood_in', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='significantreader',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='significant_alerts_told', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='statement',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='complaints.party'),
        ),
        migrations.AddField(
            model_name='statement',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='subjectnotice',
            name='party',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='subject_notice', to='complaints.party'),
        ),
        migrations.AddField(
            model_name='subjectnotice',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='subjectresult',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subject_results', to='complaints.party'),
        ),
        migrations.AddField(
            model_name='subjectresult',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='supportperson',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supporters', to='complaints.party'),
        ),
        migrations.AddField(
            model_name='supportperson',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='taskanswerfile',
            name='file',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answers_task', to='files.storedfile'),
        ),
        migrations.AddField(
            model_name='taskanswerfile',
            name='task',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answer_files', to='complaints.investigationtask'),
        ),
        migrations.AddField(
            model_name='taskfile',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shown_in_tasks', to='files.storedfile'),
        ),
        migrations.AddField(
            model_name='taskfile',
            name='task',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shown_files', to='complaints.investigationtask'),
        ),
        migrations.AddField(
            model_name='unheard',
            name='party',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='unheard', to='complaints.party'),
        ),
        migrations.AddField(
            model_name='unheard',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='wall',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='walls', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='wall',
            name='declared_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='declared_conflicts', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='wall',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='walled_off_from', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='withdrawal',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawals', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='withdrawal',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='wrongpriority',
            name='assessment',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='wrong_priority', to='complaints.assessment'),
        ),
        migrations.AddField(
            model_name='wrongpriority',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wrong_priorities', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='wrongpriority',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wrong_priorities_found', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(condition=models.Q(('next_due_at__isnull', False)), fields=['next_due_at', 'id'], name='complaint_due'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(condition=models.Q(('next_due_at__isnull', False)), fields=['handler', 'next_due_at', 'id'], name='complaint_due_by_handler'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(condition=models.Q(('next_due_at__isnull', False)), fields=['lead_unit', 'next_due_at', 'id'], name='complaint_due_by_unit'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['-received_at', '-id'], name='complaint_received'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['lead_unit', '-received_at', '-id'], name='complaint_received_by_unit'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['handler', '-received_at', '-id'], name='complaint_received_by_handler'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['stage', '-received_at', '-id'], name='complaint_by_stage'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['priority', '-received_at', '-id'], name='complaint_by_priority'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(condition=models.Q(('significant_at__isnull', False)), fields=['-significant_at', '-id'], name='complaint_significant'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(condition=models.Q(('text_digest', ''), _negated=True), fields=['text_digest'], name='complaint_same_text'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['received', 'assessed', 'investigating', 'proposed', 'decided', 'communicated', 'accepted', 'remedied', 'verified', 'rejected', 'in_review', 'external', 'reopened', 'closed', 'out_of_scope', 'withdrawn', 'merged'])), name='stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['complaint', 'enquiry', 'suggestion', 'praise', 'not_a_complaint'])), name='kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('next_due_at__isnull', True), ('next_due_kind', '')), models.Q(('next_due_at__isnull', False), models.Q(('next_due_kind', ''), _negated=True)), _connector='OR'), name='next_due_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'merged'), _negated=True), ('merged_into__isnull', False), _connector='OR'), name='merged_points_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('stage', 'merged'), ('merged_into__isnull', True), _connector='OR'), name='only_merged_points'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='not_merged_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('about_handling_of', models.F('id')), _negated=True), name='not_about_its_own_handling'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('amount_claimed__isnull', True), models.Q(('currency', ''), _negated=True), _connector='OR'), name='amount_has_currency'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('stage', 'received'), models.Q(('origin', 'portal'), _negated=True), ('version__gt', 1), _connector='OR'), name='stage_moves_with_version'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('source', 'external_id'), name='one_per_external_id'),
        ),
        migrations.AddConstraint(
            model_name='closure',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='closure_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='casetext',
            constraint=models.UniqueConstraint(fields=('complaint', 'role', 'language', 'version'), name='one_text_per_role_language_and_version'),
        ),
        migrations.AddConstraint(
            model_name='casetext',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'original')), fields=('complaint',), name='one_original_per_complaint'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(fields=('complaint', 'version'), name='assessments_are_versions'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('priority', models.F('suggested_priority')), models.Q(('priority_reason', ''), _negated=True), _connector='OR'), name='another_priority_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('priority__gte', 1), ('priority__lte', 4)), name='priority_is_1_to_4'),
        ),
        migrations.AddConstraint(
            model_name='appliedpack',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('complaint', 'pack'), name='pack_applies_once'),
        ),
        migrations.AddConstraint(
            model_name='appliedpack',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('role', 'main')), fields=('complaint',), name='one_main_pack_per_complaint'),
        ),
        migrations.AddConstraint(
            model_name='acknowledgement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_automatic', True), ('person__isnull', True)), models.Q(('is_automatic', False), ('person__isnull', False)), _connector='OR'), name='acknowledged_by_person_or_automatically'),
        ),
        migrations.AddConstraint(
            model_name='acknowledgement',
            constraint=models.UniqueConstraint(condition=models.Q(('is_automatic', True)), fields=('complaint', 'how'), name='one_automatic_acknowledgement_per_way'),
        ),
        migrations.AddIndex(
            model_name='contactpoint',
            index=models.Index(fields=['kind', 'key'], name='contact_point_by_key'),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=models.UniqueConstraint(condition=models.Q(('struck_at__isnull', True)), fields=('contact', 'kind', 'key'), name='each_way_to_a_contact_once'),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='contact_point_has_a_key'),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(fields=['complaint', '-id'], name='correction_by_complaint'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('old', models.F('new')), _negated=True), name='correction_changes_something'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='correction_has_a_reason'),
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(condition=models.Q(('dropped_at__isnull', True), ('met_at__isnull', True)), fields=['due_at', 'id'], name='deadline_open'),
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(condition=models.Q(('dropped_at__isnull', True), ('met_at__isnull', True), ('alarm_at__isnull', False)), fields=['alarm_at', 'id'], name='deadline_alarm'),
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(condition=models.Q(('dropped_at__isnull', True), ('met_at__isnull', True)), fields=['calendar', 'id'], name='deadline_by_calendar'),
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(fields=['complaint', 'due_at'], name='deadline_by_complaint'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.UniqueConstraint(condition=models.Q(('dropped_at__isnull', True), ('met_at__isnull', True), ('pack__isnull', False)), fields=('complaint', 'pack', 'code', 'number'), name='one_open_deadline_per_clock'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.UniqueConstraint(condition=models.Q(('dropped_at__isnull', True), ('met_at__isnull', True), ('pack__isnull', True)), fields=('complaint', 'kind', 'number'), name='one_open_promise_per_number'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.CheckConstraint(condition=models.Q(('met_at__isnull', True), ('dropped_at__isnull', True), _connector='OR'), name='deadline_met_or_dropped'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('alarm', ''), ('alarm_at__isnull', True)), models.Q(models.Q(('alarm', ''), _negated=True), ('alarm_at__isnull', False)), _connector='OR'), name='alarm_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.CheckConstraint(condition=models.Q(('overdue_at__isnull', True), ('overdue_at__gte', models.F('due_at')), _connector='OR'), name='never_overdue_before_it_is_due'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.CheckConstraint(condition=models.Q(('outer_at__isnull', True), ('due_at__lte', models.F('outer_at')), _connector='OR'), name='never_beyond_the_outer_limit'),
        ),
        migrations.AddConstraint(
            model_name='detrimentreport',
            constraint=models.UniqueConstraint(fields=('complaint', 'number'), name='detriments_are_numbered'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('complaint__isnull', True), ('sent_at__isnull', True)), models.Q(('complaint__isnull', False), ('sent_at__isnull', False)), _connector='OR'), name='draft_sent_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.UniqueConstraint(fields=('deadline', 'level'), name='one_escalation_per_level'),
        ),
        migrations.AddConstraint(
            model_name='escalatedto',
            constraint=models.UniqueConstraint(fields=('escalation', 'person'), name='told_once_per_level'),
        ),
        migrations.AddConstraint(
            model_name='custody',
            constraint=models.UniqueConstraint(fields=('evidence', 'number'), name='custody_is_numbered'),
        ),
        migrations.AddConstraint(
            model_name='custody',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number', 1), ('what', 'taken_in')), models.Q(('number__gt', 1), models.Q(('what', 'taken_in'), _negated=True)), _connector='OR'), name='custody_begins_with_taking_in'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.UniqueConstraint(fields=('deadline', 'number'), name='extensions_are_numbered'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(('to_due_at__gt', models.F('from_due_at'))), name='extension_gives_more_time'),
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(condition=models.Q(('accepted_at__isnull', True), ('declined_at__isnull', True), ('ended_at__isnull', True)), fields=['to_unit', 'to_person'], name='hand_over_open'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(condition=models.Q(('accepted_at__isnull', True), ('declined_at__isnull', True), ('ended_at__isnull', True)), fields=('complaint',), name='one_open_hand_over'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('answered_by__isnull', True), ('declined_at__isnull', True)), models.Q(('accepted_at__isnull', False), ('answered_by__isnull', False), ('declined_at__isnull', True)), models.Q(('accepted_at__isnull', True), ('answered_by__isnull', False), ('declined_at__isnull', False)), _connector='OR'), name='hand_over_is_answered_once'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('declined_at__isnull', True), models.Q(('decline_reason', ''), _negated=True), _connector='OR'), name='declined_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('to_person', models.F('given_by')), _negated=True), name='nobody_hands_to_themselves'),
        ),
        migrations.AddConstraint(
            model_name='interimmeasure',
            constraint=models.UniqueConstraint(fields=('complaint', 'number'), name='interim_measures_are_numbered'),
        ),
        migrations.AddConstraint(
            model_name='interimmeasure',
            constraint=models.CheckConstraint(condition=models.Q(('measure', ''), _negated=True), name='interim_measure_says_what'),
        ),
        migrations.AddIndex(
            model_name='internalnotice',
            index=models.Index(condition=models.Q(('read_at__isnull', True)), fields=['person', '-at', '-id'], name='unread_notices'),
        ),
        migrations.AddConstraint(
            model_name='internalnotice',
            constraint=models.UniqueConstraint(fields=('communication', 'person'), name='told_once_of_each_decision'),
        ),
        migrations.AddConstraint(
            model_name='internalnotice',
            constraint=models.CheckConstraint(condition=models.Q(('read_at__isnull', True), ('read_at__gte', models.F('at')), _connector='OR'), name='read_after_told'),
        ),
        migrations.AddConstraint(
            model_name='investigationlevel',
            constraint=models.UniqueConstraint(fields=('complaint', 'version'), name='investigation_levels_are_versions'),
        ),
        migrations.AddConstraint(
            model_name='investigationlevel',
            constraint=models.CheckConstraint(condition=models.Q(('level', models.F('suggested')), models.Q(('reason', ''), _negated=True), _connector='OR'), name='another_level_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='investigationlevel',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['quick', 'standard', 'full', 'root_cause'])), name='investigation_level_is_known'),
        ),
        migrations.AddIndex(
            model_name='issue',
            index=models.Index(fields=['category', 'number', '-complaint'], name='issue_by_category'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.UniqueConstraint(fields=('complaint', 'number'), name='issues_are_numbered'),
        ),
        migrations.AddIndex(
            model_name='investigationtask',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['asked_person', 'due_at', 'id'], name='task_by_person'),
        ),
        migrations.AddIndex(
            model_name='investigationtask',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['asked_unit', 'due_at', 'id'], name='task_by_unit'),
        ),
        migrations.AddIndex(
            model_name='investigationtask',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['asked_by', 'due_at', 'id'], name='task_by_asker'),
        ),
        migrations.AddConstraint(
            model_name='investigationtask',
            constraint=models.UniqueConstraint(fields=('complaint', 'number'), name='tasks_are_numbered'),
        ),
        migrations.AddConstraint(
            model_name='investigationtask',
            constraint=models.CheckConstraint(condition=models.Q(('asked_person__isnull', True), ('asked_unit__isnull', True), _connector='XOR'), name='task_asks_somebody_or_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='investigationtask',
            constraint=models.CheckConstraint(condition=models.Q(('question', ''), _negated=True), name='task_asks_something'),
        ),
        migrations.AddConstraint(
            model_name='investigationtask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('ended_at__isnull', True), ('ended_by__isnull', True), ('state', 'open')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('state', 'answered'), models.Q(('answer', ''), _negated=True)), models.Q(('answer', ''), ('ended_at__isnull', False), ('ended_by__isnull', False), ('state', 'cancelled'), models.Q(('cancel_reason', ''), _negated=True)), _connector='OR'), name='ended_task_says_how'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('issue',), name='one_current_finding_per_issue'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(fields=('issue', 'round', 'version'), name='findings_are_versions'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(fields=('complaint', 'number'), name='evidence_is_numbered'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('origin', ''), _negated=True)), name='evidence_says_where_it_came_from'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', False), ('kind', 'file'), models.Q(('sha256', ''), _negated=True)), models.Q(('file__isnull', True), ('kind__in', ['thing', 'record']), ('sha256', '')), _connector='OR'), name='evidence_file_has_its_hash'),
        ),
        migrations.AddConstraint(
            model_name='liftedwall',
            constraint=models.CheckConstraint(condition=models.Q(('why', 'subject'), _negated=True), name='the_subject_stays_walled_off'),
        ),
        migrations.AddConstraint(
            model_name='liftedwall',
            constraint=models.CheckConstraint(condition=models.Q(('person', models.F('lifted_by')), _negated=True), name='nobody_lifts_their_own_wall'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('complaint', 'other'), name='one_link_between_two'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.CheckConstraint(condition=models.Q(('complaint', models.F('other')), _negated=True), name='not_linked_to_itself'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='ended_link_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='merging',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('complaint',), name='merged_into_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='merging',
            constraint=models.CheckConstraint(condition=models.Q(('complaint', models.F('into')), _negated=True), name='no_merging_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='merging',
            constraint=models.CheckConstraint(condition=models.Q(('is_same_person', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='merging_different_people_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='merging',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='ended_merging_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='heldclock',
            constraint=models.UniqueConstraint(fields=('merging', 'deadline'), name='each_clock_held_once'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.UniqueConstraint(fields=('complaint', 'number'), name='needs_are_numbered'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), models.Q(('adjustment', ''), _negated=True), models.Q(('driver', ''), _negated=True)), models.Q(('adjustment', ''), ('driver', ''), ('given_how', ''), ('text', ''), ('withdrawn_at__isnull', False)), _connector='OR'), name='need_without_consent_says_nothing'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('given_at__isnull', True), ('given_by__isnull', True)), models.Q(('given_at__isnull', False), ('given_by__isnull', False)), _connector='OR'), name='adjustment_given_says_by_whom'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(fields=['complaint', 'role'], name='party_by_complaint'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.UniqueConstraint(condition=models.Q(('role__in', ['complainant', 'representative'])), fields=('complaint', 'role'), name='one_complainant_and_one_representative'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.CheckConstraint(condition=models.Q(('person__isnull', True), ('role__in', ['subject', 'witness']), _connector='OR'), name='staff_are_named_as_subject_or_witness'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.UniqueConstraint(fields=('complaint', 'number'), name='hearings_are_numbered'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(('record', ''), _negated=True), name='hearing_has_a_record'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('side', 'subject'), _negated=True), ('party__isnull', False), _connector='OR'), name='subject_heard_is_a_party'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('side', 'witness'), _negated=True), models.Q(('who', ''), _negated=True), _connector='OR'), name='witness_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(('is_confirmed', False), ('is_read_back', True), _connector='OR'), name='confirmed_was_read'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verified_against', ''), ('verified_at__isnull', True), ('verified_by__isnull', True)), models.Q(('verified_at__isnull', False), ('verified_by__isnull', False), models.Q(('verified_against', ''), _negated=True)), _connector='OR'), name='verified_hearing_says_against_what'),
        ),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=models.UniqueConstraint(fields=('party', 'number'), name='disclosures_are_numbered'),
        ),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='disclosure_says_something'),
        ),
        migrations.AddConstraint(
            model_name='actingauthority',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('party',), name='one_authority_in_force'),
        ),
        migrations.AddConstraint(
            model_name='actingauthority',
            constraint=models.CheckConstraint(condition=models.Q(('document__isnull', False), models.Q(('where_kept', ''), _negated=True), _connector='OR'), name='authority_was_seen_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='actingauthority',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='authority_ends_whole'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('deadline',), name='one_open_pause_per_deadline'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.CheckConstraint(condition=models.Q(('ends_by__gte', models.F('began_at'))), name='pause_has_an_end'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), models.Q(('ended_at__gte', models.F('began_at')), ('ended_at__lte', models.F('ends_by'))), _connector='OR'), name='pause_ends_in_its_time'),
        ),
        migrations.AddConstraint(
            model_name='plannedstep',
            constraint=models.UniqueConstraint(fields=('interim', 'number'), name='planned_steps_are_numbered'),
        ),
        migrations.AddConstraint(
            model_name='plannedstep',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='planned_step_says_what'),
        ),
        migrations.AddConstraint(
            model_name='planquestion',
            constraint=models.UniqueConstraint(fields=('issue', 'number'), name='questions_are_numbered'),
        ),
        migrations.AddConstraint(
            model_name='planquestion',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='question_asks_something'),
        ),
        migrations.AddConstraint(
            model_name='plananswer',
            constraint=models.UniqueConstraint(fields=('question', 'version'), name='answers_to_questions_are_versions'),
        ),
        migrations.AddConstraint(
            model_name='plananswer',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('question',), name='one_current_answer_per_question'),
        ),
        migrations.AddConstraint(
            model_name='plananswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='answer_names_its_source'),
        ),
        migrations.AddIndex(
            model_name='redressproject',
            index=models.Index(fields=['state', 'due_on', 'id'], name='redress_by_state_and_day'),
        ),
        migrations.AddConstraint(
            model_name='redressproject',
            constraint=models.CheckConstraint(condition=models.Q(('put_right__lte', models.F('contacted'))), name='put_right_were_contacted'),
        ),
        migrations.AddConstraint(
            model_name='redressproject',
            constraint=models.CheckConstraint(condition=models.Q(('people__isnull', True), ('contacted__lte', models.F('people')), _connector='OR'), name='contacted_are_among_the_people'),
        ),
        migrations.AddConstraint(
            model_name='redressproject',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('ended_at__isnull', False), ('ended_by__isnull', False), models.Q(('result', ''), _negated=True)), _connector='OR'), name='ended_redress_says_how'),
        ),
        migrations.AddConstraint(
            model_name='redressproject',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('put_right', models.F('people')), _connector='OR'), name='done_redress_reached_everybody'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.UniqueConstraint(fields=('complaint', 'version'), name='responses_are_versions'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('complaint',), name='one_proposed_response'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_back_at__isnull', True), ('sent_back_by__isnull', True)), models.Q(('sent_back_at__isnull', False), ('sent_back_by__isnull', False)), _connector='OR'), name='sent_back_by_and_at'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent_back'), _negated=True), ('sent_back_at__isnull', False), _connector='OR'), name='sent_back_has_moment'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('proposed_for', models.F('proposed_by')), _negated=True), name='nobody_proposes_for_themselves'),
        ),
        migrations.AddIndex(
            model_name='remedy',
            index=models.Index(fields=['-due_on', '-complaint', '-number'], name='remedy_ledger'),
        ),
        migrations.AddConstraint(
            model_name='remedy',
            constraint=models.UniqueConstraint(fields=('complaint', 'number'), name='remedies_are_numbered'),
        ),
        migrations.AddConstraint(
            model_name='remedy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', True), ('value__isnull', True)), models.Q(('currency', ''), _negated=True), _connector='OR'), name='remedy_amount_has_currency'),
        ),
        migrations.AddConstraint(
            model_name='remedy',
            constraint=models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gt', 0), _connector='OR'), name='remedy_amount_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='remedy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['done', 'verified']), _negated=True), models.Q(('done_on__isnull', False), ('proved_at__isnull', False), ('proved_by__isnull', False), models.Q(('proof', ''), _negated=True)), _connector='OR'), name='done_remedy_has_proof'),
        ),
        migrations.AddConstraint(
            model_name='remedy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'verified'), _negated=True), models.Q(('verified_at__isnull', False), ('verified_by__isnull', False)), _connector='OR'), name='verified_remedy_says_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('complaint', 'round'), name='one_decision_per_round'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_by_one_person', True), models.Q(('decided_by', models.F('proposed_by')), models.Q(('decided_by', models.F('proposed_for')), ('proposed_for__isnull', False)), models.Q(('decided_for', models.F('proposed_by')), ('decided_for__isnull', False)), models.Q(('decided_for', models.F('proposed_for')), ('decided_for__isnull', False), ('proposed_for__isnull', False)), _connector='OR')), models.Q(('is_by_one_person', False), models.Q(('decided_by', models.F('proposed_by')), models.Q(('decided_by', models.F('proposed_for')), ('proposed_for__isnull', False)), models.Q(('decided_for', models.F('proposed_by')), ('decided_for__isnull', False)), models.Q(('decided_for', models.F('proposed_for')), ('decided_for__isnull', False), ('proposed_for__isnull', False)), _connector='OR', _negated=True)), _connector='OR'), name='four_eyes_or_said_so'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_by_one_person', False), ('why_one_person', '')), models.Q(('is_by_one_person', True), ('why_one_person__in', ['small_profile', 'little_at_stake'])), _connector='OR'), name='one_person_only_by_a_rule'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('decided_for', models.F('decided_by')), _negated=True), name='nobody_decides_for_themselves'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('complaint', 'round'), name='one_review_per_round'),
        ),
        migrations.AddConstraint(
            model_name='shield',
            constraint=models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('complaint',), name='one_shield'),
        ),
        migrations.AddConstraint(
            model_name='shield',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lift_reason', ''), ('lifted_at__isnull', True), ('lifted_by__isnull', True)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False), models.Q(('lift_reason', ''), _negated=True)), _connector='OR'), name='shield_is_lifted_whole'),
        ),
        migrations.AddConstraint(
            model_name='significantalert',
            constraint=models.UniqueConstraint(fields=('complaint', 'number'), name='significant_alerts_are_numbered'),
        ),
        migrations.AddConstraint(
            model_name='significantalert',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reacted_at__isnull', True), ('reacted_by__isnull', True), ('reaction', '')), models.Q(('reacted_at__gte', models.F('raised_at')), ('reacted_by__isnull', False), models.Q(('reaction', ''), _negated=True)), _connector='OR'), name='significant_reaction_is_whole'),
        ),
        migrations.AddIndex(
            model_name='significantreader',
            index=models.Index(condition=models.Q(('read_at__isnull', True)), fields=['person', 'alert'], name='significant_unread'),
        ),
        migrations.AddConstraint(
            model_name='significantreader',
            constraint=models.UniqueConstraint(fields=('alert', 'person'), name='told_once_of_a_significant_alert'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(fields=('party', 'number'), name='statements_are_numbered'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='statement_says_something'),
        ),
        migrations.AddConstraint(
            model_name='subjectresult',
            constraint=models.UniqueConstraint(fields=('party', 'round'), name='one_result_per_round'),
        ),
        migrations.AddConstraint(
            model_name='subjectresult',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='result_says_something'),
        ),
        migrations.AddConstraint(
            model_name='supportperson',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='supporter_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='taskfile',
            constraint=models.UniqueConstraint(fields=('task', 'file'), name='file_is_shown_once_in_a_task'),
        ),
        migrations.AddConstraint(
            model_name='unheard',
            constraint=models.CheckConstraint(condition=models.Q(('explanation', ''), _negated=True), name='unheard_is_explained'),
        ),
        migrations.AddIndex(
            model_name='wall',
            index=models.Index(fields=['person', 'complaint'], name='wall_by_person'),
        ),
        migrations.AddConstraint(
            model_name='wall',
            constraint=models.UniqueConstraint(fields=('complaint', 'person'), name='one_wall_per_person'),
        ),
        migrations.AddConstraint(
            model_name='wrongpriority',
            constraint=models.CheckConstraint(condition=models.Q(('is_by_reassessment', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='wrong_priority_has_a_reason'),
        ),
        AppendOnly("complaints_custody"),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from amends.kit.migrating import FirstMigration


class Migration(FirstMigration):

    initial = True

    dependencies = [
        ('complaints', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SurveyRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(unique=True)),
                ('is_on', models.BooleanField()),
                ('moment', models.CharField(choices=[('closed', 'When the complaint is closed'), ('decided', 'When the decision was communicated')], max_length=8)),
                ('share', models.PositiveSmallIntegerField()),
                ('never', models.JSONField(blank=True, default=list)),
                ('wait_days', models.PositiveSmallIntegerField()),
                ('open_days', models.PositiveSmallIntegerField()),
                ('apart_days', models.PositiveSmallIntegerField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('share__range', (1, 100))), name='survey_share_is_percent'), models.CheckConstraint(condition=models.Q(('open_days__gte', 1)), name='survey_is_open_for_days')],
            },
        ),
        migrations.CreateModel(
            name='SimulatedContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='simulations', to='complaints.complaint')),
                ('scenario', models.CharField(max_length=2000)),
                ('reason', models.CharField(max_length=500)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
                ('result', models.CharField(blank=True, max_length=4000)),
                ('result_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('result_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_why', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('complaint',), name='one_simulation_of_a_complaint'), models.CheckConstraint(condition=models.Q(models.Q(('result', ''), ('result_at__isnull', True), ('result_by__isnull', True)), models.Q(models.Q(('result', ''), _negated=True), ('result_at__isnull', False), ('result_by__isnull', False)), _connector='OR'), name='simulation_result_is_whole'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True), ('ended_why', '')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), models.Q(('ended_why', ''), _negated=True)), _connector='OR'), name='simulation_end_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('complaint', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='survey', to='complaints.complaint')),
                ('state', models.CharField(choices=[('not_asked', 'Not asked'), ('planned', 'Will be asked'), ('open', 'Asked'), ('ended', 'Over'), ('dropped', 'Dropped')], max_length=9)),
                ('why', models.CharField(blank=True, choices=[('share', 'Not drawn'), ('category', 'Never asked about this kind of problem'), ('lately', 'Asked not long ago'), ('simulated', 'A simulated complaint'), ('reopened', 'Taken up again'), ('void', 'Does not count')], max_length=9)),
                ('rule', models.PositiveIntegerField()),
                ('share', models.PositiveSmallIntegerField()),
                ('number', models.PositiveSmallIntegerField()),
                ('channel', models.CharField(blank=True, choices=[('email', 'E-mail'), ('post', 'Letter'), ('phone', 'Telephone'), ('page', 'Tracking page only')], max_length=5)),
                ('made_at', models.DateTimeField()),
                ('opens_at', models.DateTimeField(blank=True, null=True)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('closes_at', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['not_asked', 'dropped']), models.Q(('why', ''), _negated=True)), models.Q(('state__in', ['planned', 'open', 'ended']), ('why', '')), _connector='OR'), name='survey_says_why_not'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['open', 'ended']), _negated=True), models.Q(('closes_at__isnull', False), ('opened_at__isnull', False), models.Q(('channel', ''), _negated=True)), _connector='OR'), name='survey_open_is_whole'), models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), ('opened_at__isnull', False), _connector='OR'), name='survey_answered_was_open'), models.CheckConstraint(condition=models.Q(('number__lt', 100)), name='survey_number_of_a_hundred')],
                'indexes': [models.Index(condition=models.Q(('state', 'planned')), fields=['opens_at', 'id'], name='survey_to_open'), models.Index(condition=models.Q(('state', 'open')), fields=['closes_at', 'id'], name='survey_to_end')],
            },
        ),
        migrations.CreateModel(
            name='SurveyAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('survey', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='surveys.survey')),
                ('handling', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('outcome', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('courtesy', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('ease', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('fairness', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('comment', models.CharField(blank=True, max_length=2000)),
                ('language', models.CharField(max_length=10)),
                ('shuffled', models.CharField(max_length=32, unique=True)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('came', models.CharField(choices=[('page', 'On the tracking page'), ('phone', 'Said on the telephone'), ('post', 'Written on paper')], default='page', max_length=5)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('is_of_own_handling', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('came', 'page'), ('entered_by__isnull', True), ('is_of_own_handling', False)), models.Q(models.Q(('came', 'page'), _negated=True), ('entered_by__isnull', False)), _connector='OR'), name='survey_answer_was_entered_or_not'), models.CheckConstraint(condition=models.Q(('handling__isnull', True), ('handling__range', (1, 5)), _connector='OR'), name='survey_handling_is_1_to_5'), models.CheckConstraint(condition=models.Q(('outcome__isnull', True), ('outcome__range', (1, 5)), _connector='OR'), name='survey_outcome_is_1_to_5'), models.CheckConstraint(condition=models.Q(('courtesy__isnull', True), ('courtesy__range', (1, 5)), _connector='OR'), name='survey_courtesy_is_1_to_5'), models.CheckConstraint(condition=models.Q(('ease__isnull', True), ('ease__range', (1, 5)), _connector='OR'), name='survey_ease_is_1_to_5'), models.CheckConstraint(condition=models.Q(('fairness__isnull', True), ('fairness__range', (1, 5)), _connector='OR'), name='survey_fairness_is_1_to_5'), models.CheckConstraint(condition=models.Q(('handling__isnull', False), ('outcome__isnull', False), ('courtesy__isnull', False), ('ease__isnull', False), ('fairness__isnull', False), models.Q(('comment', ''), _negated=True), _connector='OR'), name='survey_answer_says_something')],
            },
        ),
    ]

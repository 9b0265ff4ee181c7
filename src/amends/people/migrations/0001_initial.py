import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from amends.kit.migrating import FirstMigration


class Migration(FirstMigration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='E-mail address')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('language', models.CharField(default='en', max_length=10, verbose_name='Language')),
                ('manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to=settings.AUTH_USER_MODEL, verbose_name='Direct manager')),
                ('is_active', models.BooleanField(default=True)),
                ('joined_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('theme', models.CharField(blank=True, max_length=8)),
                ('single_keys', models.BooleanField(default=True)),
                ('compact_rows', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'verbose_name': 'Person',
                'verbose_name_plural': 'People',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_person_per_email'), models.CheckConstraint(condition=models.Q(models.Q(('is_active', True), ('left_at__isnull', True)), ('is_active', False), _connector='OR'), name='who_left_is_not_active'), models.CheckConstraint(condition=models.Q(('manager', models.F('id')), _negated=True), name='nobody_is_their_own_manager')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.unit')),
                ('path', models.CharField(db_index=True, editable=False, max_length=255)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'verbose_name': 'Unit',
                'verbose_name_plural': 'Units',
                'constraints': [models.UniqueConstraint(django.db.models.functions.comparison.Coalesce('parent', 0), condition=models.Q(('parent__isnull', True)), name='one_root_unit'), models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('parent', 'name'), name='sibling_units_differ')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL)),
                ('starts_on', models.DateField(verbose_name='First day')),
                ('ends_on', models.DateField(verbose_name='Last day')),
                ('substitute', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stands_in', to=settings.AUTH_USER_MODEL, verbose_name='Substitute')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='absence_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('substitute', models.F('person')), _negated=True), name='nobody_is_own_substitute')],
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_given', to=settings.AUTH_USER_MODEL)),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_held', to=settings.AUTH_USER_MODEL)),
                ('role', models.CharField(choices=[('top_management', 'Top management'), ('management_representative', 'Management representative'), ('unit_manager', 'Unit manager'), ('front_line', 'Front-line staff'), ('handler', 'Handler'), ('decision_maker', 'Decision maker'), ('auditor', 'Auditor'), ('data_protection', 'Data protection officer'), ('administrator', 'Administrator')], max_length=32, verbose_name='Role')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='people.unit')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('remind_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('lender', models.F('holder')), _negated=True), name='nobody_delegates_to_self'), models.CheckConstraint(condition=models.Q(('ends_at__gte', models.F('starts_at'))), name='delegation_ends_after_it_starts')],
                'indexes': [models.Index(condition=models.Q(('remind_at__isnull', False)), fields=['remind_at'], name='delegation_reminds')],
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL)),
                ('role', models.CharField(choices=[('top_management', 'Top management'), ('management_representative', 'Management representative'), ('unit_manager', 'Unit manager'), ('front_line', 'Front-line staff'), ('handler', 'Handler'), ('decision_maker', 'Decision maker'), ('auditor', 'Auditor'), ('data_protection', 'Data protection officer'), ('administrator', 'Administrator')], max_length=32, verbose_name='Role')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='people.unit')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True)), fields=('person', 'role', 'unit'), name='one_open_grant'), models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True), ('role', 'management_representative')), fields=('unit',), name='one_management_representative_per_unit'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='grant_ends_after_it_starts')],
                'indexes': [models.Index(fields=['role', 'unit'], name='grant_by_role_and_unit')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                ('nonce', models.CharField(max_length=32)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trainings', to=settings.AUTH_USER_MODEL)),
                ('course', models.CharField(max_length=64, verbose_name='Course')),
                ('completed_on', models.DateField(verbose_name='Completed on')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='Valid until')),
                ('evidence', models.CharField(max_length=200, verbose_name='Evidence')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('remind_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('completed_on')), _connector='OR'), name='training_ends_after_it_was_completed'), models.CheckConstraint(condition=models.Q(('course', ''), _negated=True), name='training_has_a_course')],
                'indexes': [models.Index(fields=['person', 'course'], name='training_by_person'), models.Index(condition=models.Q(('remind_at__isnull', False)), fields=['remind_at'], name='training_reminds')],
            },
        ),
    ]

import amends.kit.translated
import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from amends.kit.migrating import FirstMigration

from amends.kit.dialect import AppendOnly


class Migration(FirstMigration):

    initial = True

    dependencies = [
        ('calendars', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=64, unique=True)),
                ('label', amends.kit.translated.TranslatedTextField(default=dict)),
                ('position', models.PositiveIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='framework.category')),
            ],
            options={
                'verbose_name': 'Category',
                'verbose_name_plural': 'Categories',
            },
        ),
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=64, unique=True)),
                ('label', amends.kit.translated.TranslatedTextField(default=dict)),
                ('position', models.PositiveIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='framework.product')),
                ('kind', models.CharField(choices=[('product', 'Product'), ('service', 'Service'), ('process', 'Process')], default='service', max_length=8)),
                ('lead_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leads_products', to='people.unit')),
            ],
            options={
                'verbose_name': 'Product or service',
                'verbose_name_plural': 'Products and services',
            },
        ),
        migrations.CreateModel(
            name='RemedyKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=64, unique=True)),
                ('label', amends.kit.translated.TranslatedTextField(default=dict)),
                ('position', models.PositiveIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('is_money', models.BooleanField(default=False)),
                ('has_value', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'Remedy',
                'verbose_name_plural': 'Remedies',
            },
        ),
        migrations.CreateModel(
            name='Cause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=64, unique=True)),
                ('label', amends.kit.translated.TranslatedTextField(default=dict)),
                ('position', models.PositiveIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'verbose_name': 'Cause',
                'verbose_name_plural': 'Causes',
            },
        ),
        migrations.CreateModel(
            name='AuthorityLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('decision_maker', 'Decision maker'), ('management_representative', 'Management representative')], max_length=32)),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='authority_limits', to='people.unit')),
                ('kind', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='authority_limits', to='framework.remedykind')),
                ('most', models.BigIntegerField(blank=True, null=True)),
                ('course', models.CharField(blank=True, max_length=64)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(max_length=500)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='authority_limits_made', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['decision_maker', 'management_representative'])), name='limit_is_for_a_deciding_role'), models.CheckConstraint(condition=models.Q(('most__isnull', True), ('most__gte', 0), _connector='OR'), name='limit_is_not_negative'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='limit_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True)), fields=('role', 'unit', 'kind'), name='one_open_limit'), models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True), ('unit__isnull', True)), fields=('role', 'kind'), name='one_open_limit_for_all_units'), models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True), ('kind__isnull', True)), fields=('role', 'unit'), name='one_open_limit_for_all_kinds'), models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True), ('kind__isnull', True), ('unit__isnull', True)), fields=('role',), name='one_open_limit_for_everything')],
            },
        ),
        migrations.CreateModel(
            name='ExchangeRate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('currency', models.CharField(max_length=3)),
                ('rate', models.DecimalField(decimal_places=10, max_digits=20)),
                ('valid_on', models.DateField()),
                ('source', models.CharField(max_length=200, verbose_name='Source')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recorded_rates', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('rate__gt', Decimal('0'))), name='rate_is_positive')],
                'indexes': [models.Index(fields=['currency', '-valid_on', '-id'], name='rate_by_currency_and_day')],
            },
        ),
        migrations.CreateModel(
            name='FourEyesRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(unique=True)),
                ('mode', models.CharField(choices=[('always', 'Always two people'), ('by_risk', 'Two people when much depends on it')], default='always', max_length=8)),
                ('above', models.BigIntegerField(blank=True, null=True)),
                ('severity_from', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('with_safety', models.BooleanField(default=True)),
                ('with_subject', models.BooleanField(default=True)),
                ('investigator_apart', models.BooleanField(default=True)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='four_eyes_rules', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('mode__in', ['always', 'by_risk'])), name='four_eyes_mode_is_known'), models.CheckConstraint(condition=models.Q(('above__isnull', True), ('above__gte', 0), _connector='OR'), name='four_eyes_amount_counts')],
            },
        ),
        migrations.CreateModel(
            name='Capacity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='capacity', to=settings.AUTH_USER_MODEL)),
                ('complaints', models.PositiveSmallIntegerField()),
            ],
            options={
                'verbose_name_plural': 'capacities',
                'constraints': [models.CheckConstraint(condition=models.Q(('complaints__gte', 1)), name='capacity_is_some')],
            },
        ),
        migrations.CreateModel(
            name='FormVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(unique=True)),
                ('document', models.JSONField(default=list)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='form_versions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('version__gte', 2)), name='own_form_version_follows_the_first')],
            },
        ),
        migrations.CreateModel(
            name='Logo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(unique=True)),
                ('content', models.BinaryField(blank=True, default=bytes)),
                ('width', models.PositiveSmallIntegerField(default=0)),
                ('height', models.PositiveSmallIntegerField(default=0)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='logos', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='logo_has_a_version')],
            },
        ),
        migrations.CreateModel(
            name='MailRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(unique=True)),
                ('by_mail', models.CharField(choices=[('notice', 'Only that there is something to read'), ('full', 'The text itself')], default='full', max_length=6)),
                ('attaches_decision', models.BooleanField(default=False)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mail_rules', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='mail_rule_has_a_version'), models.CheckConstraint(condition=models.Q(('by_mail__in', ['notice', 'full'])), name='mail_rule_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Matrix',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(unique=True)),
                ('document', models.JSONField()),
                ('reason', models.CharField(max_length=500)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='matrices', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='MessageTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('version', models.PositiveIntegerField()),
                ('subject', amends.kit.translated.TranslatedTextField(blank=True, default=dict)),
                ('body', amends.kit.translated.TranslatedTextField(blank=True, default=dict)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='message_templates', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'version'), name='message_templates_are_numbered'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='message_template_has_a_version')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='Name of the organisation')),
                ('country', models.CharField(max_length=2, verbose_name='Country')),
                ('time_zone', models.CharField(max_length=64)),
                ('currency', models.CharField(max_length=3)),
                ('languages', models.JSONField(default=list)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-mail for complaints')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='Telephone for complaints')),
                ('phone_hours', amends.kit.translated.TranslatedTextField(blank=True, default=dict)),
                ('post_address', models.CharField(blank=True, max_length=300)),
                ('visit_address', models.CharField(blank=True, max_length=300)),
                ('emergency_phone', models.CharField(blank=True, max_length=40)),
                ('external_body', amends.kit.translated.TranslatedTextField(blank=True, default=dict)),
                ('brand_colour', models.CharField(blank=True, max_length=7)),
                ('logo', models.PositiveIntegerField(default=0)),
                ('profile', models.CharField(choices=[('full', 'Full: several people share the work'), ('small', 'Small: one to three people do everything')], default='full', max_length=8)),
                ('reference_prefix', models.CharField(max_length=6)),
                ('portal_is_open', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('is_provisional', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_organisation'), models.CheckConstraint(condition=models.Q(('profile__in', ['full', 'small'])), name='profile_is_known')],
            },
        ),
        migrations.CreateModel(
            name='OutsideBody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=64, unique=True)),
                ('name', amends.kit.translated.TranslatedTextField(default=dict)),
                ('about', amends.kit.translated.TranslatedTextField(blank=True, default=dict)),
                ('takes', amends.kit.translated.TranslatedTextField(blank=True, default=dict)),
                ('web_address', models.CharField(blank=True, max_length=300)),
                ('post_address', models.CharField(blank=True, max_length=300)),
                ('rule_code', models.SlugField(blank=True, max_length=64)),
                ('is_active', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('rule_code', ''), _negated=True), fields=('rule_code',), name='one_outside_body_per_rule_code')],
            },
        ),
        migrations.CreateModel(
            name='OutsideBodyVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='framework.outsidebody')),
                ('number', models.PositiveIntegerField()),
                ('facts', models.JSONField()),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outside_bodies_changed', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'number'), name='outside_body_versions_are_numbered')],
            },
        ),
        migrations.CreateModel(
            name='PublicText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('policy', 'Policy on complaints'), ('privacy', 'Privacy: whom to ask, and how long you keep what'), ('accessibility', 'Accessibility: formats and help that you offer')], max_length=16)),
                ('version', models.PositiveIntegerField()),
                ('text', amends.kit.translated.TranslatedTextField(blank=True, default=dict)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='public_texts', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='public_texts_are_numbered'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='public_text_has_a_version')],
            },
        ),
        migrations.CreateModel(
            name='RoutingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='routing_rules', to='framework.category')),
                ('product', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='routing_rules', to='framework.product')),
                ('site', models.CharField(blank=True, max_length=120)),
                ('language', models.CharField(blank=True, max_length=10)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='routing_rules', to='people.unit')),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='routing_rules_made', to=settings.AUTH_USER_MODEL)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('preferred', models.ManyToManyField(blank=True, related_name='preferred_by_rules', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('category__isnull', False), ('product__isnull', False), models.Q(('site', ''), _negated=True), models.Q(('language', ''), _negated=True), _connector='OR'), name='routing_rule_asks_for_something')],
            },
        ),
        migrations.CreateModel(
            name='RulePackVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pack', models.SlugField(max_length=64)),
                ('version', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('document', models.JSONField()),
                ('added_at', models.DateTimeField()),
                ('based_on', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='framework.rulepackversion')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rule_packs', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('pack', 'version'), name='one_document_per_pack_version')],
            },
        ),
        migrations.CreateModel(
            name='Activation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pack_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activations', to='framework.rulepackversion')),
                ('role', models.CharField(choices=[('main', 'The pack of the complaint'), ('beside', 'Runs beside the other')], default='main', max_length=6)),
                ('product', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activations', to='framework.product')),
                ('site', models.CharField(blank=True, max_length=120)),
                ('complainant_kind', models.CharField(blank=True, choices=[('person', 'A person'), ('organisation', 'An organisation')], max_length=12)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='activation_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('role__in', ['main', 'beside'])), name='activation_role_is_known')],
            },
        ),
        migrations.CreateModel(
            name='CalendarUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='calendars.calendar')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='calendar_uses', to='people.unit')),
                ('site', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('site', '')), fields=('unit',), name='one_calendar_per_unit'), models.UniqueConstraint(condition=models.Q(('unit__isnull', True), models.Q(('site', ''), _negated=True)), fields=('site',), name='one_calendar_per_site'), models.UniqueConstraint(models.Value(1), condition=models.Q(('site', ''), ('unit__isnull', True)), name='one_calendar_for_all_others'), models.CheckConstraint(condition=models.Q(('unit__isnull', True), ('site', ''), _connector='OR'), name='calendar_for_unit_or_site')],
            },
        ),
        migrations.CreateModel(
            name='Ladder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(unique=True)),
                ('levels', models.JSONField()),
                ('quiet', models.JSONField(default=dict)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ladders', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Significance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(unique=True)),
                ('severity_from', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('people_from', models.PositiveIntegerField(blank=True, null=True)),
                ('for_safety', models.BooleanField()),
                ('for_blocked_action', models.BooleanField()),
                ('said_by_staff', models.BooleanField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='significance_versions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('severity_from__isnull', True), ('severity_from__range', (1, 4)), _connector='OR'), name='significant_severity_is_1_to_4'), models.CheckConstraint(condition=models.Q(('people_from__isnull', True), ('people_from__gte', 1), _connector='OR'), name='significant_people_are_some')],
            },
        ),
        AppendOnly("framework_rulepackversion"),
    ]

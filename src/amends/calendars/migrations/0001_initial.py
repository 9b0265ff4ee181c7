import amends.kit.translated
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from amends.kit.dialect import AppendOnly
from amends.kit.migrating import FirstMigration


class Migration(FirstMigration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Calendar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=64, unique=True)),
                ('name', amends.kit.translated.TranslatedTextField(default=dict)),
                ('is_active', models.BooleanField(default=True)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'Working calendar',
                'verbose_name_plural': 'Working calendars',
            },
        ),
        migrations.CreateModel(
            name='CalendarVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='calendars.calendar')),
                ('number', models.PositiveIntegerField()),
                ('document', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='calendar_versions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('calendar', 'number'), name='one_calendar_per_number')],
                'indexes': [models.Index(fields=['calendar', '-number'], name='calendar_newest_first')],
            },
        ),
        AppendOnly("calendars_calendarversion"),
    ]

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
            name='Alert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to=settings.AUTH_USER_MODEL)),
                ('complaint', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='complaints.complaint')),
                ('kind', models.CharField(choices=[('comes_near', 'Comes near'), ('news_wanted', 'Tell the complainant where it stands'), ('passed', 'Has passed'), ('escalated', 'Was taken to you'), ('no_answer', 'The complainant has not answered'), ('deemed', 'By law silence counts as an answer'), ('hand_over', 'Nobody has accepted the hand-over'), ('authority', 'The permission of the representative ends soon'), ('no_reaction', 'Nobody has said what is being done'), ('loan_ends', 'A role that was lent ends soon'), ('training', 'A training ends soon')], max_length=12)),
                ('entry', models.UUIDField()),
                ('deadline_kind', models.CharField(blank=True, choices=[('acknowledgement', 'Confirm receipt'), ('decision', 'Decision'), ('answer', 'Answer of the complainant'), ('review', 'Internal review'), ('remedy', 'Remedy'), ('update', 'News for the complainant'), ('early', 'Early resolution'), ('external', 'Time for the outside body'), ('file', 'File for the outside body'), ('look', 'Next look'), ('other', 'Other deadline')], max_length=16)),
                ('about', models.CharField(blank=True, max_length=64)),
                ('due_at', models.DateTimeField()),
                ('instead_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='alerts_stood_in', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField()),
                ('send_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'entry'), name='one_alert_per_person_and_entry')],
                'indexes': [models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['send_at', 'person'], name='alert_waiting')],
            },
        ),
    ]

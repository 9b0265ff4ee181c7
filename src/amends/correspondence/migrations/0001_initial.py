import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='correspondence.thread')),
                ('direction', models.CharField(choices=[('in', 'From the complainant'), ('out', 'To the complainant'), ('note', 'Internal note')], max_length=4)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to=settings.AUTH_USER_MODEL)),
                ('channel', models.CharField(choices=[('portal', 'Web form'), ('email', 'E-mail'), ('phone', 'Telephone'), ('post', 'Post'), ('in_person', 'In person'), ('social', 'Social media'), ('third_party', 'Through somebody else'), ('other', 'Another way')], default='portal', max_length=12)),
                ('text', models.TextField()),
                ('language', models.CharField(blank=True, max_length=10)),
                ('at', models.DateTimeField()),
                ('needs_reply', models.BooleanField(default=False)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('direction', 'note'), _negated=True), ('person__isnull', False), _connector='OR'), name='notes_have_an_author'), models.CheckConstraint(condition=models.Q(('needs_reply', False), ('direction', 'out'), _connector='OR'), name='only_outbound_needs_a_reply')],
                'indexes': [models.Index(fields=['thread', '-id'], name='message_by_thread')],
            },
        ),
        migrations.CreateModel(
            name='MessageFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='correspondence.message')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='message_file', to='files.storedfile')),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.UUIDField()),
                ('notice', models.CharField(max_length=80)),
                ('recipient', models.CharField(max_length=40)),
                ('thread', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='correspondence.thread')),
                ('address', models.EmailField(max_length=254)),
                ('subject', models.CharField(max_length=200)),
                ('body', models.TextField()),
                ('language', models.CharField(max_length=10)),
                ('message_id', models.CharField(max_length=200, unique=True)),
                ('reply_token', models.CharField(blank=True, max_length=26, null=True, unique=True)),
                ('is_automatic', models.BooleanField(default=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('refused', 'Refused by the mail server')], default='waiting', max_length=8)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('made_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('last_error', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('entry', 'notice', 'recipient'), name='one_delivery_per_entry_and_notice'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(('state', 'sent'), _negated=True), _connector='OR'), name='sent_deliveries_have_a_moment')],
                'indexes': [models.Index(fields=['thread', '-id'], name='delivery_by_thread')],
            },
        ),
    ]

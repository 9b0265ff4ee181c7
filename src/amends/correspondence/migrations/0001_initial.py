import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from amends.kit.migrating import FirstMigration

from amends.kit.dialect import AppendOnly


class Migration(FirstMigration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('framework', '0001_initial'),
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
                ('template', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='framework.messagetemplate')),
                ('cause', models.UUIDField(blank=True, null=True, unique=True)),
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
                ('template', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='framework.messagetemplate')),
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
        migrations.CreateModel(
            name='IncomingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('size', models.PositiveBigIntegerField()),
                ('file', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='incoming_mail', to='files.storedfile')),
                ('way', models.CharField(choices=[('imap', 'Fetched from the mailbox'), ('pipe', 'Handed over by the mail server')], max_length=4)),
                ('arrived_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', True), ('size', 0)), models.Q(('file__isnull', False), ('size__gt', 0)), _connector='OR'), name='incoming_mail_is_kept')],
            },
        ),
        migrations.CreateModel(
            name='SortedMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mail', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sorted', to='correspondence.incomingmail')),
                ('outcome', models.CharField(blank=True, choices=[('complaint', 'Complaint'), ('reply', 'Reply'), ('enquiry', 'Enquiry'), ('suggestion', 'Suggestion'), ('praise', 'Praise'), ('not_a_complaint', 'Not a complaint'), ('other', 'Needs a look'), ('suppressed', 'Sent by a machine'), ('quarantine', 'Could not be opened')], max_length=16)),
                ('why', models.CharField(blank=True, choices=[('other_sender', 'It answers one of our mails, but comes from another address'), ('not_ours', 'It answers a mail of ours that was not for a complainant'), ('not_taken', 'What it belongs to takes no more messages'), ('no_sender', 'It does not say who sent it'), ('no_text', 'There is nothing in it'), ('repeated', 'The same sender has written the same just before'), ('spam', 'The mail server takes it for spam'), ('auto_reply', 'An automatic reply'), ('list', 'A mailing list or a newsletter'), ('bounce', 'A mail of ours could not be delivered'), ('delay', 'A mail of ours is late'), ('receipt', 'It says that a mail was delivered or opened'), ('loop', 'It comes from us'), ('duplicate', 'It came twice'), ('broken', 'It is damaged'), ('too_complex', 'It takes too much to open it safely'), ('too_large', 'It is too large'), ('failed', 'Something went wrong while it was taken up')], max_length=16)),
                ('sorted_at', models.DateTimeField(blank=True, null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
                ('sender', models.CharField(blank=True, max_length=254)),
                ('sender_name', models.CharField(blank=True, max_length=160)),
                ('subject_line', models.CharField(blank=True, max_length=200)),
                ('header_id', models.CharField(blank=True, max_length=310)),
                ('likeness', models.CharField(blank=True, max_length=64)),
                ('text', models.TextField(blank=True)),
                ('left_out', models.JSONField(blank=True, default=list)),
                ('delivery', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='correspondence.delivery')),
                ('thread', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='correspondence.thread')),
                ('message', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mail', to='correspondence.message')),
                ('waits', models.BooleanField(default=False)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='settled_mails', to=settings.AUTH_USER_MODEL)),
                ('reason', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('sorted_at__isnull', True)), models.Q(models.Q(('outcome', ''), _negated=True), ('sorted_at__isnull', False)), _connector='OR'), name='sorted_mail_has_a_moment'), models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['complaint', 'reply', 'enquiry', 'suggestion', 'praise']), _negated=True), models.Q(('message__isnull', False), ('thread__isnull', False)), _connector='OR'), name='mail_of_a_person_became_a_message'), models.CheckConstraint(condition=models.Q(('waits', False), models.Q(('outcome__in', ['other', 'suppressed', 'quarantine']), ('settled_at__isnull', True)), _connector='OR'), name='only_what_became_nothing_waits')],
                'indexes': [models.Index(condition=models.Q(('outcome', '')), fields=['id'], name='mail_unsorted'), models.Index(condition=models.Q(('waits', True)), fields=['id'], name='mail_waiting'), models.Index(fields=['sender', '-id'], name='mail_by_sender'), models.Index(condition=models.Q(('thread__isnull', False)), fields=['thread', 'id'], name='mail_by_thread')],
            },
        ),
        AppendOnly("correspondence_incomingmail"),
    ]

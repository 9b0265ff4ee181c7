import amends.files.models.stored_file
from django.db import migrations, models

from amends.kit.migrating import FirstMigration


class Migration(FirstMigration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=amends.files.models.stored_file.new_token, editable=False, max_length=32, unique=True)),
                ('name', models.CharField(max_length=200, verbose_name='Name')),
                ('kind', models.CharField(max_length=24, verbose_name='Kind')),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.BigIntegerField(verbose_name='Size')),
                ('sha256', models.CharField(max_length=64)),
                ('original', models.CharField(blank=True, max_length=100)),
                ('stripped', models.CharField(max_length=100, unique=True)),
                ('stripped_size', models.BigIntegerField()),
                ('stripped_sha256', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('waiting', 'Waiting for the virus scanner'), ('checked', 'Checked'), ('rejected', 'Rejected')], max_length=12, verbose_name='State')),
                ('reason', models.CharField(blank=True, choices=[('malware', 'The virus scanner found something in it'), ('unscannable', 'The virus scanner cannot look into it')], max_length=16, verbose_name='Reason')),
                ('taken_in_at', models.DateTimeField()),
                ('attached_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'File',
                'verbose_name_plural': 'Files',
                'constraints': [models.UniqueConstraint(condition=models.Q(('original', ''), _negated=True), fields=('original',), name='one_file_per_stored_original'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('kind', ''), _negated=True), models.Q(('stripped', ''), _negated=True), models.Q(('token', ''), _negated=True)), name='file_is_named_and_stored'), models.CheckConstraint(condition=models.Q(('size__gt', 0), ('stripped_size__gt', 0)), name='file_is_never_empty'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('original', ''), _negated=True), models.Q(('original', models.F('stripped')), _negated=True)), models.Q(('sha256', models.F('stripped_sha256')), ('size', models.F('stripped_size'))), _connector='OR'), name='file_without_own_original_is_its_copy'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'rejected'), models.Q(('reason', ''), _negated=True)), models.Q(('reason', ''), ('state__in', ['waiting', 'checked'])), _connector='OR'), name='file_has_reason_when_rejected')],
                'indexes': [models.Index(condition=models.Q(('attached_at__isnull', True)), fields=['taken_in_at'], name='file_unattached'), models.Index(condition=models.Q(('state', 'waiting')), fields=['id'], name='file_waiting')],
            },
        ),
    ]

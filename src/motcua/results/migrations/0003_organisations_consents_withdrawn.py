"""Organisations have stores, shares may be for one, consents may be withdrawn (a row that is never changed)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_post_offices_and_tax'),
        ('results', '0002_rows_are_only_added'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsentEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ended_at', models.DateTimeField(verbose_name='rút lúc')),
            ],
            options={
                'verbose_name': 'rút sự đồng ý',
            },
        ),
        migrations.CreateModel(
            name='Representation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tax_code', models.TextField(verbose_name='mã số thuế')),
                ('organisation_name', models.TextField(verbose_name='tên tổ chức')),
                ('as_what', models.TextField(choices=[('legal', 'Người đại diện theo pháp luật'), ('authorised', 'Người được ủy quyền')], verbose_name='tư cách')),
                ('evidence', models.TextField(verbose_name='giấy tờ làm căn cứ')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('valid_to', models.DateField(null=True, verbose_name='đến hết ngày')),
                ('confirmed_at', models.DateTimeField(verbose_name='xác nhận lúc')),
                ('confirmed_by_name', models.TextField(verbose_name='người xác nhận')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='chấm dứt lúc')),
                ('ended_by_name', models.TextField(blank=True, verbose_name='người chấm dứt')),
            ],
            options={
                'verbose_name': 'đại diện của tổ chức',
            },
        ),
        migrations.RemoveConstraint(
            model_name='share',
            name='share_to',
        ),
        migrations.AddField(
            model_name='consent',
            name='holder_tax_code',
            field=models.TextField(blank=True, db_default='', default='', verbose_name='mã số thuế của tổ chức đồng ý'),
        ),
        migrations.AddField(
            model_name='share',
            name='tax_code',
            field=models.TextField(blank=True, db_default='', default='', verbose_name='mã số thuế của tổ chức nhận'),
        ),
        migrations.AlterField(
            model_name='share',
            name='to',
            field=models.TextField(choices=[('anyone', 'Bất kỳ ai có đường dẫn'), ('person', 'Một người, phải đăng nhập'), ('agency', 'Cán bộ của một cơ quan, phải đăng nhập'), ('organisation', 'Người đại diện của một tổ chức, phải đăng nhập')], verbose_name='cho ai'),
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=models.CheckConstraint(condition=models.Q(('to__in', ['anyone', 'person', 'agency', 'organisation'])), name='share_to'),
        ),
        migrations.AddField(
            model_name='consentend',
            name='consent',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='results.consent', verbose_name='sự đồng ý'),
        ),
        migrations.AddField(
            model_name='consentend',
            name='ended_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='representation',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tài khoản của người đại diện'),
        ),
        migrations.AddField(
            model_name='representation',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit', verbose_name='nơi xác nhận'),
        ),
        migrations.AddField(
            model_name='representation',
            name='confirmed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='representation',
            index=models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['account'], name='representations_of_person'),
        ),
        migrations.AddIndex(
            model_name='representation',
            index=models.Index(fields=['tax_code'], name='representations_of_org'),
        ),
        migrations.AddConstraint(
            model_name='representation',
            constraint=models.CheckConstraint(condition=models.Q(('as_what__in', ['legal', 'authorised'])), name='represented_by'),
        ),
        migrations.AddConstraint(
            model_name='representation',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('tax_code', 'account'), name='represented_once'),
        ),
        migrations.RunSQL(
            "CREATE TRIGGER results_consentend_append_only BEFORE UPDATE OR DELETE ON results_consentend "
            "FOR EACH ROW EXECUTE FUNCTION results_refuse_change();",
            "DROP TRIGGER results_consentend_append_only ON results_consentend;",
        ),
    ]

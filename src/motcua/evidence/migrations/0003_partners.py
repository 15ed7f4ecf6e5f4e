"""Houses with which heads are exchanged by themselves."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.TextField(unique=True, verbose_name="địa chỉ")),
                ("origin", models.TextField(blank=True, verbose_name="của sổ")),
                ("since", models.DateTimeField(verbose_name="trao đổi từ")),
                ("tried_at", models.DateTimeField(null=True, verbose_name="thử gần nhất lúc")),
                ("good_at", models.DateTimeField(null=True, verbose_name="được gần nhất lúc")),
                ("error", models.TextField(blank=True, verbose_name="vì sao không được")),
            ],
            options={"verbose_name": "cơ quan trao đổi đầu sổ", "ordering": ["url"]},
        ),
    ]

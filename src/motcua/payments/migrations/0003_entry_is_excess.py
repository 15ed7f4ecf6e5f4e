from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_append_only")]
    operations = [
        migrations.AddField(
            model_name="entry",
            name="is_excess",
            field=models.BooleanField(db_default=False, default=False, verbose_name="nộp thừa"),
        ),
    ]

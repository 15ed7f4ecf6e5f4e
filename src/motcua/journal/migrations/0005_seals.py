"""Rows say that the programs of the house wrote them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_anchors")]
    operations = [
        migrations.AddField(
            model_name="entry",
            name="seal",
            field=models.TextField(blank=True, db_default="", default="", verbose_name="dấu của phần mềm"),
        ),
        migrations.AddField(
            model_name="reading",
            name="seal",
            field=models.TextField(blank=True, db_default="", default="", verbose_name="dấu của phần mềm"),
        ),
    ]

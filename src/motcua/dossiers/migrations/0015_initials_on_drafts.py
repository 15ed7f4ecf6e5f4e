from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("dossiers", "0014_digitised_components"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="DraftInitials",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.TextField(
                        choices=[("initial_content", "Ký nháy nội dung"), ("initial_form", "Ký nháy thể thức")],
                        verbose_name="ký nháy về",
                    ),
                ),
                ("step_key", models.TextField(verbose_name="bước")),
                ("name", models.TextField(verbose_name="người ký nháy")),
                ("title", models.TextField(blank=True, verbose_name="chức vụ")),
                ("at", models.DateTimeField(verbose_name="lúc")),
                ("symbol", models.TextField(blank=True, verbose_name="ký hiệu")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="initials",
                        to="dossiers.draftresult",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.attachment"
                    ),
                ),
            ],
            options={
                "verbose_name": "ký nháy dự thảo",
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "role"), name="initialled_once_for_each"),
                ],
            },
        ),
    ]

"""Indexes for the rounds of the night; a running installation goes on meanwhile."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("files", "0003_keep_watch_over_contents")]

    operations = [
        AddIndexConcurrently(
            "blob",
            models.Index(condition=models.Q(("unowned_since__isnull", False)), fields=["unowned_since"], name="blob_unowned"),
        ),
        AddIndexConcurrently(
            "blob",
            models.Index(
                models.OrderBy(models.F("checked_at"), nulls_first=True), models.F("sha256"), name="blob_by_check"
            ),
        ),
        AddIndexConcurrently(
            "blob",
            models.Index(condition=models.Q(("scanned_at__isnull", True)), fields=["created_at"], name="blob_not_scanned"),
        ),
        AddIndexConcurrently(
            "blob",
            models.Index(
                condition=models.Q(("fault", ""), _negated=True), fields=["fault_found_at"], name="blob_faulty"
            ),
        ),
    ]

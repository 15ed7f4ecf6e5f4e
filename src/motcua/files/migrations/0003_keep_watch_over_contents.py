"""What nobody holds is seen and put into quarantine; contents are read back; uploads count as holders of their blob."""

from django.db import migrations, models

_COUNT_UPLOADS = """
UPDATE files_blob SET "references" = "references" + one.number
FROM (SELECT blob_id, count(*) AS number FROM files_upload WHERE blob_id IS NOT NULL GROUP BY blob_id) AS one
WHERE files_blob.sha256 = one.blob_id;
"""
_COUNT_NO_UPLOADS = _COUNT_UPLOADS.replace("+ one", "- one")


class Migration(migrations.Migration):
    dependencies = [("files", "0002_upload")]

    operations = [
        migrations.AddField(
            "blob", "unowned_since", models.DateTimeField(null=True, verbose_name="thấy không nơi nào giữ từ")
        ),
        migrations.AddField("blob", "quarantined_at", models.DateTimeField(null=True, verbose_name="cách ly lúc")),
        migrations.AddField("blob", "checked_at", models.DateTimeField(null=True, verbose_name="đọc lại lúc")),
        migrations.AddField("blob", "scanned_at", models.DateTimeField(null=True, verbose_name="quét mã độc lúc")),
        migrations.AddField(
            "blob",
            "fault",
            models.TextField(
                blank=True,
                choices=[
                    ("missing", "mất nội dung"),
                    ("damaged", "nội dung bị hỏng"),
                    ("infected", "có mã độc, đã chặn"),
                ],
                db_default="",
                default="",
                verbose_name="lỗi",
            ),
        ),
        migrations.AddField(
            "blob", "fault_found_at", models.DateTimeField(null=True, verbose_name="phát hiện lỗi lúc")
        ),
        migrations.AddConstraint(
            "blob",
            models.CheckConstraint(
                condition=models.Q(
                    ("references", 0),
                    models.Q(("quarantined_at__isnull", True), ("unowned_since__isnull", True)),
                    _connector="OR",
                ),
                name="blob_held_is_not_quarantined",
            ),
        ),
        migrations.RunSQL(_COUNT_UPLOADS, _COUNT_NO_UPLOADS),
    ]

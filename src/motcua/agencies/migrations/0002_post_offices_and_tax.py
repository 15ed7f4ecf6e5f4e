import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("agencies", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="post",
            name="rights",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("receive", "Tiếp nhận và trả kết quả"),
                        ("handle", "Thụ lý"),
                        ("lead_division", "Lãnh đạo phòng"),
                        ("lead_agency", "Lãnh đạo cơ quan"),
                        ("seal", "Văn thư, đóng dấu"),
                        ("admin", "Quản trị"),
                        ("oversee", "Giám sát"),
                        ("post_office", "Bưu chính công ích"),
                    ],
                    max_length=20,
                ),
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="unit",
            name="kind",
            field=models.CharField(
                choices=[
                    ("province", "UBND cấp tỉnh"),
                    ("department", "Sở, ban, ngành"),
                    ("commune", "UBND cấp xã"),
                    ("centre", "Trung tâm Phục vụ hành chính công"),
                    ("division", "Phòng chuyên môn"),
                    ("district", "UBND cấp huyện (đến 30/06/2025)"),
                    ("branch", "Chi nhánh"),
                    ("tax", "Cơ quan thuế"),
                    ("post_office", "Bưu điện"),
                ],
                max_length=20,
            ),
        ),
    ]

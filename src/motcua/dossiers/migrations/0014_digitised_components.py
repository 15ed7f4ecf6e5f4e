from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0013_papers_to_sign")]
    operations = [
        migrations.AddField(
            model_name="dossiercomponent",
            name="digitised",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (0, "Chưa số hóa"),
                    (1, "Được số hóa"),
                    (2, "Tái sử dụng thành phần hồ sơ"),
                    (3, "Tái sử dụng kết quả"),
                ],
                db_default=0,
                default=0,
                verbose_name="số hóa",
            ),
        ),
    ]

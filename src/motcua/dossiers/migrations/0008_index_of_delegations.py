"""Index of the moves done by delegation, made while the house is open."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [("dossiers", "0007_on_behalf")]

    operations = [
        AddIndexConcurrently(
            model_name='move',
            index=models.Index(condition=models.Q(('delegation__isnull', False)), fields=['delegation', '-at'], name='move_by_delegation'),
        ),
    ]

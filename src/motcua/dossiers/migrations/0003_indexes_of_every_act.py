"""Indexes of the new columns, made while the house is open."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [("dossiers", "0002_every_act")]

    operations = [
        AddIndexConcurrently(
            model_name='dossier',
            index=models.Index(condition=models.Q(('parent__isnull', False)), fields=['parent'], name='dossier_parts'),
        ),
        AddIndexConcurrently(
            model_name='dossier',
            index=models.Index(condition=models.Q(('predecessor__isnull', False)), fields=['predecessor'], name='dossier_successors'),
        ),
        AddIndexConcurrently(
            model_name='dossier',
            index=models.Index(condition=models.Q(('group__isnull', False)), fields=['group'], name='dossier_of_group'),
        ),
        AddIndexConcurrently(
            model_name='dossier',
            index=models.Index(condition=models.Q(('assisted_by__isnull', False)), fields=['assisted_by', 'submitted_at'], name='dossier_assisted'),
        ),
        AddIndexConcurrently(
            model_name='dossier',
            index=models.Index(condition=models.Q(('result_desk__isnull', False)), fields=['result_desk'], name='dossier_result_desk'),
        ),
    ]

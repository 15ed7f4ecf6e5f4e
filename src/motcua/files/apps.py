from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "motcua.files"
    label = "files"
    verbose_name = "Tệp và giấy tờ"

"""Django registration of this part."""

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "motcua.casework.attachments"
    label = "attachments"
    verbose_name = "Tệp đính kèm"

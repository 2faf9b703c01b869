"""Django registration of this part."""

from django.apps import AppConfig


class NewDatabaseConfig(AppConfig):
    name = "motcua.foundation.newdatabase"
    label = "newdatabase"
    verbose_name = "Tạo cơ sở dữ liệu"

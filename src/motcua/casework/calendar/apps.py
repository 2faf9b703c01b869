"""Django registration of this part."""

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "motcua.casework.calendar"
    label = "calendar"
    verbose_name = "Lịch làm việc"

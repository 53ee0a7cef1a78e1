from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "tests.doors.house"
    label = "house"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LpsaWagtailConfig(AppConfig):
    name = "lpsa_wagtail"
    label = "lpsa_wagtail"
    verbose_name = _("Working groups")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from lpsa_wagtail import checks, signal_handlers  # noqa: F401

        signal_handlers.connect()

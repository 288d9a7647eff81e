from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "Brücke"

    def ready(self) -> None:
        autodiscover_modules("permissions", "sources", "logins")

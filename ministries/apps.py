from django.apps import AppConfig


class MinistriesConfig(AppConfig):
    name = "ministries"
    verbose_name = "Ressorts"

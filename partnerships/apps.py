from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = "Partnerschaften"

    def ready(self) -> None:
        from partnerships import kinds  # noqa: F401, PLC0415  # models are loaded by now

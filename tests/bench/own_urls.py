from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns
from tests.bench.empty_page import EMPTY, empty

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*urlpatterns, path(EMPTY.lstrip("/"), empty)]

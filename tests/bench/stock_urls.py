from django.urls import path

from tests.bench.empty_page import EMPTY, empty
from tests.bench.stock_admin import site

urlpatterns = [path(EMPTY.lstrip("/"), empty), path("stock/", site.urls)]

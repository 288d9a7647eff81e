from guidelines.answering.urls import answering_urls
from guidelines.catalogue.urls import catalogue_urls
from guidelines.round_urls import check_urls, round_urls, tab_urls
from guidelines.statements.urls import statement_urls

app_name = "guidelines"

urlpatterns = [
    *catalogue_urls,
    *round_urls,
    *check_urls,
    *answering_urls,
    *statement_urls,
    *tab_urls,
]

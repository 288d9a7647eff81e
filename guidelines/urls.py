from django.urls import URLPattern

from guidelines.answering.urls import answering_urls
from guidelines.catalogue.urls import catalogue_urls
from guidelines.delegations.urls import delegation_urls
from guidelines.extensions.urls import extension_urls
from guidelines.queries.urls import query_urls
from guidelines.releasing.urls import releasing_urls
from guidelines.request_letters.urls import request_letter_urls
from guidelines.round_urls import check_urls, round_urls, tab_urls
from guidelines.statements.urls import statement_urls
from guidelines.states.doors import leading_on
from guidelines.third_parties.urls import third_party_urls

app_name = "guidelines"


def following_its_name(entry: URLPattern) -> URLPattern:
    return URLPattern(entry.pattern, leading_on(entry.callback), entry.default_args, entry.name)


urlpatterns = [
    *catalogue_urls,
    *map(following_its_name, round_urls),
    *map(following_its_name, request_letter_urls),
    *map(following_its_name, check_urls),
    *answering_urls,
    *releasing_urls,
    *extension_urls,
    *statement_urls,
    *third_party_urls,
    *query_urls,
    *delegation_urls,
    *tab_urls,
]

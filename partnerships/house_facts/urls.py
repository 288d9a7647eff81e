from django.urls import path

from partnerships.house_facts import views as house_facts

urlpatterns = [
    # /angaben/
    path("angaben/", house_facts.HouseFacts.as_view(), name="house-facts"),
    path("angaben/bestaetigen/", house_facts.confirm_facts, name="house-facts-confirm"),
    path("angaben/berichtigungen/", house_facts.CorrectionList.as_view(), name="correction-list"),
    path(
        "angaben/berichtigungen/<int:pk>/",
        house_facts.CorrectionAnswer.as_view(),
        name="correction-answer",
    ),
    path(
        "angaben/<slug:kind>/<int:pk>/berichtigen/",
        house_facts.CorrectionAsk.as_view(),
        name="correction-ask",
    ),
    path(
        "angaben/<slug:kind>/<int:pk>/streichen/",
        house_facts.CorrectionStrike.as_view(),
        name="correction-strike",
    ),
]

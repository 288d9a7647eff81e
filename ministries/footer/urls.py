from django.urls import path

from ministries.footer import views as pages

app_name = "pages"
urlpatterns = [
    # footer
    path("handbuch/", pages.handbook_index, name="handbook"),
    path("handbuch/<slug:slug>/", pages.handbook_page, name="handbook_page"),
    path("barrierefreiheit/", pages.accessibility, name="accessibility"),
    path("barriere-melden/", pages.Feedback.as_view(), name="feedback"),
    path("datenschutz/", pages.privacy, name="privacy"),
    path("impressum/", pages.imprint, name="imprint"),
]

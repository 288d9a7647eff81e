from django.urls import path

from ministries.accounts import confirmation_views as confirmations
from ministries.accounts import new_address_views as new_address
from ministries.accounts import own_data_views as own_data
from ministries.accounts import views as accounts

app_name = "accounts"
urlpatterns = [
    # /konto/
    path("", accounts.account, name="account"),
    path("meine-daten/", own_data.my_data, name="my_data"),
    path("zweiter-faktor/abbrechen/", accounts.cancel_sign_in, name="cancel_sign_in"),
    path("einladen/", accounts.Invite.as_view(), name="invite"),
    path("einladen/<int:pk>/erneut/", accounts.invite_once_more, name="invite_again"),
    path("funktionen/", confirmations.confirmations, name="confirmations"),
    path(
        "funktionen/<int:pk>/bestaetigen/",
        confirmations.ConfirmAppointment.as_view(),
        name="confirm_appointment",
    ),
    path("neue-adresse/<str:key>/", new_address.NewAddress.as_view(), name="new_address"),
    path("einladung/<str:key>/", accounts.AcceptInvitation.as_view(), name="invitation"),
]

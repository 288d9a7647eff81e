from django.http import HttpRequest

from ministries.models import User


class SignedInRequest(HttpRequest):
    """What a view receives behind LoginRequiredMiddleware: never an anonymous person."""

    user: User

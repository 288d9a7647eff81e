from django.http import HttpRequest

from ministries.models import User


class SignedInRequest(HttpRequest):
    """What a view receives behind LoginRequiredMiddleware: never an anonymous person."""

    user: User


def signed_in(request: HttpRequest) -> User:
    """The person behind a request, where the type checker cannot know that there is one."""
    assert isinstance(request.user, User)
    return request.user

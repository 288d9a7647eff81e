"""The two base views: a list whose every state is a link, and a form that is written once.

    class RegionList(ListPage):
        title = "Regionen"
        noun = ("Region", "Regionen")
        export_name = "regionen"
        filterset_class = RegionFilter            # subclass of ui.filters.FilterSet, `q` included
        primary_filters = ("q", "country")        # the others fold under „Weitere Filter“
        columns = [
            Column("name", "Name", sort=["sort_key"]),
            Column("country", "Staat", lambda row: row.country.name, ["country", "sort_key"]),
        ]
        default_sort = "name"
        on_page = ("name",)                       # keys of columns in their order; default: all

        def queryset(self, request: HttpRequest) -> QuerySet[Region]:
            return Region.objects.visible_to(request.user)

    class RegionEdit(FormPage):
        form_class = RegionForm                   # ui.forms.ModelForm or ui.forms.Form
        title = "Region bearbeiten"
        submit_label = "Änderungen speichern"
        audience = "Alle angemeldeten Personen."  # answers „Wer sieht das?“

        def prepare(self, request: HttpRequest, slug: str) -> None:
            visible = Region.objects.visible_to(request.user)
            self.object = get_object_or_404(visible, slug=slug)
            if not request.user.has_perm("partnerships.change_region", self.object):
                raise PermissionDenied

        def save(self, form: RegionForm) -> Region:
            return change_region(region=self.object, expected_version=self.expected_version,
                                 by=self.request.user, now=timezone.now(), **form.cleaned_data)

        def get_success_message(self, result: Region) -> str:
            return f"{result.name} ist gespeichert."

`save` may raise `ui.errors.Refusal` (shown in the error summary) and `ui.errors.Conflict` (shown
as the page with both texts). `ConfirmPage` is a form page that repeats the facts before an act.
"""

from ui.views.form_page import ConfirmPage, FormPage
from ui.views.list_page import ListPage

__all__ = ["ConfirmPage", "FormPage", "ListPage"]

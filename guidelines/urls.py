from guidelines.statement_urls import statement_urls

app_name = "guidelines"

urlpatterns = [*statement_urls]

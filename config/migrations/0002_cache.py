"""The table of Django's DatabaseCache, shared by all processes (rate limits of the login)."""

from django.db import migrations

CREATE = """
CREATE TABLE bruecke_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX bruecke_cache_expires ON bruecke_cache (expires)
"""


class Migration(migrations.Migration):
    dependencies = [("config", "0001_database")]
    operations = [migrations.RunSQL(CREATE, "DROP TABLE bruecke_cache")]

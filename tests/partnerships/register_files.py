"""A register small enough to read, as CSV files a test may bend."""

from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command

REAL = Path(settings.BASE_DIR) / "data" / "register"

SMALL = {
    "ministries.csv": """\
slug,abbreviation,name,is_chancellery,sort_order,valid_from,valid_until,successors,source
sk,SK,Sächsische Staatskanzlei,yes,1,1990-11-08,,,Test
smx,SMX,Staatsministerium X,no,2,2024-12-19,,,Test
smx-alt,SMX,Staatsministerium X und Y,no,90,,2024-12-18,smx,Test
""",
    "subject_areas.csv": """\
slug,name,sort_order
kultur,Kultur und Kunst,1
""",
    "responsibilities.csv": """\
subject_area,ministry,valid_from,valid_until,source
kultur,smx,2024-12-19,,Test
""",
    "regions.csv": """\
slug,name,official_name,aliases,country,iso_3166_2,nuts,seat,latitude,longitude,languages,population,population_year,is_border_region,source
flandern,Flandern,Vlaams Gewest,Vlaanderen;Flanders,BE,BE-VLG,BE2,Brüssel,50.850,4.349,nl,6800000,2024,no,Test
""",
    "authorities.csv": """\
region,name,kind,valid_from,valid_until,source
flandern,Flämische Regierung,regional_government,1995,,Test
""",
    "partnerships.csv": """\
slug,regions,status,status_since,status_reason,scrutiny_since,scrutiny_reason,in_check,kind,since,lead,lead_since,former_leads,subject_areas,source
flandern,flandern,dormant,2022-02-24,Grund,,,yes,partnership,1995,sk,2024-12-19,smx-alt:2021-10-01:2024-12-18,kultur,Test
""",
    "agreements.csv": """\
slug,partnership,kind,title,signed_on,place,saxon_signatory,partner_signatory,valid_until,term,predecessor,source
flandern-1995,flandern,joint_declaration,Erklärung,1995-05,Brüssel,,,,unknown,,Test
flandern-2020,flandern,memorandum,Memorandum,2020-01-02,,,,2025-01-01,fixed_term,flandern-1995,Test
""",
    "organisations.csv": """\
slug,name,kind,seat,region_or_country,role,source
chor,Kammerchor Dresden,ensemble,Dresden,Sachsen,singt in Flandern,Test
wfs,Wirtschaftsförderung,promotion,Brüssel,Vlaanderen,,Test
""",
    "activities.csv": """\
slug,partnerships,kind,title,starts_on,ends_on,place,country,ministry,participating,level,leader_function,subject_areas,aims,results,state,source,source_date,organisations
2020-reise,flandern,trip,Reise,2020-05,,Brüssel,BE,smx-alt,sk;smx-alt,\
minister,Ministerin X,kultur,Ziel,Erfolg,done,Zeitung,2020-05-30,chor
2020-tag,flandern,meeting,Tag,2020-06-02,2020-06-03,Paris,FR,,,unknown,,kultur,,,done,Zeitung,,
""",
    "editions.csv": """\
slug,title,adopted_on,adopted_note,body,source
fassung,Leitlinien,2026-02-12,,Staatsregierung,Test
""",
    "guidelines.csv": """\
edition,number,kind,title,text,source
fassung,1,guideline,Einheitlich auftreten,Text,Test
""",
    "criteria.csv": """\
edition,guideline,code,question,help,answered_by,scale,answer_0,answer_1,answer_2,answer_3,applies_to,source
fassung,1,1.1,In welchem Maß?,,all,0_3,nicht,teils,meist,immer,all,Test
fassung,1,1.2,Vereinbar?,,kultur,yes_no,,,,,tagged,Test
""",
}


def write_files(directory: Path, **changed: str) -> Path:
    """`partnerships=…` replaces the text of partnerships.csv."""
    for name, text in SMALL.items():
        (directory / name).write_text(changed.get(name.removesuffix(".csv"), text))
    return directory


def changed(name: str, old: str, new: str) -> dict[str, str]:
    text = SMALL[f"{name}.csv"]
    assert old in text
    return {name: text.replace(old, new)}


def load(directory: Path) -> str:
    out = StringIO()
    call_command("load_register", directory=directory, stdout=out)
    return out.getvalue()


def refusal_of(directory: Path) -> str:
    try:
        load(directory)
    except CommandError as error:
        return str(error)
    raise AssertionError("Die Dateien wurden geladen.")

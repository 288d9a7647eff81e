from django.db import migrations

# What was asked before letters were kept: one letter a house, and its mail where it is still known.
LETTERS = """
INSERT INTO guidelines_requestletter
    (version, round_id, ministry_id, due_on, asked_at, message_id, mailed_at, sent_way, sent_through)
SELECT 1, r.id, h.id, r.due_on, r.opened_at, '', (
    SELECT min(n.sent_at) FROM ministries_notification n
    WHERE n.kind = 'request' AND n.state = 'sent' AND n.to_address = h.mailbox
    AND n.created_at BETWEEN r.opened_at AND r.opened_at + interval '5 minutes'
), '', ''
FROM guidelines_checkround r, ministries_ministry h
WHERE r.opened_at IS NOT NULL AND EXISTS (
    SELECT 1 FROM guidelines_statement s JOIN guidelines_guidelinecheck c ON c.id = s.guideline_check_id
    WHERE c.round_id = r.id AND s.ministry_id = h.id
)
"""
ASKED = """
INSERT INTO guidelines_requestletter_statements (requestletter_id, statement_id)
SELECT l.id, s.id FROM guidelines_requestletter l
JOIN guidelines_guidelinecheck c ON c.round_id = l.round_id
JOIN guidelines_statement s ON s.guideline_check_id = c.id AND s.ministry_id = l.ministry_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('guidelines', '0021_request_letters'),
        ('ministries', '0003_quiet_time'),
    ]

    operations = [
        migrations.RunSQL([LETTERS, ASKED], migrations.RunSQL.noop),
    ]

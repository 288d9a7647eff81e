"""Texts of the world that only some roles may ever receive."""

# What somebody of the SMWK typed and has not released.
DRAFT = "KANARIE-ENTWURF"
# A partnership of which nobody outside its circle knows.
SECRET = "KANARIE-VERTRAULICH"
# Released, and the deadline of the round is not over.
RELEASED = "KANARIE-FREIGABE"
# What the coordination asked the SMWK back.
QUERY = "KANARIE-RUECKFRAGE"
# Released, the deadline is over, the decision is not visible: for the asked houses.
ASKED = "KANARIE-BETEILIGTE"
# Proposal and decision that are not visible yet.
JUDGEMENT = "KANARIE-BESCHLUSS"
# A round that is not opened yet.
PREPARING = "KANARIE-VORBEREITUNG"
# Who wrote and submitted for the SMWK.
SUBMITTER = "Kanarie Bearbeitung"

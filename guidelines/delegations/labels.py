"""The words of the Word form that are read back."""

NUMBER = "Nummer (bitte nicht ändern)"
ANSWER = "Antwort"
REASON = "Begründung"

"""Files: looked into, stored, handed out."""

"""Terms, alarms and anniversaries of what was signed."""

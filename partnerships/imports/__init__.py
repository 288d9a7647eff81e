"""Import: what houses keep in spreadsheets becomes records, checked row by row, all or nothing."""

"""Who owes whom what by when."""

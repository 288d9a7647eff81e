"""What all records of a house share: kinds, acts, changes, handing over."""

"""What the register says about a house: confirmed, corrected, struck out."""

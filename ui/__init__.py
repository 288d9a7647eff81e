"""How pages look: components, form rendering, the two base views."""

"""What the houses do with a partner: forms, lists, states and costs of activities."""

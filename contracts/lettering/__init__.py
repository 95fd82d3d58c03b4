"""What a letter says: the texts of the policy, filled with values that are data and never a template."""

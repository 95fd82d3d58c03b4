"""What people ask for, in the imperative. Each command carries its own wire name."""

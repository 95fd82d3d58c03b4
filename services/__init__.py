"""The deployable services, each blind to the others."""

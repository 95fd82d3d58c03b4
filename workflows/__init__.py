"""What happens to a batch and to a case, and why. Only this package decides."""

"""The demonstration: a synthetic batch and simulated officers who act only through the HTTP API."""

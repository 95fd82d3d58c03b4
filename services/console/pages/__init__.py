"""What people see: one module for each subject, found by walking this folder (services/console/walking.py)."""

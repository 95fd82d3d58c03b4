"""Stretches of a procedure that two kinds of case walk. A stretch enters at its second user."""

"""Figures as pictures: where each bar and each point stands. The numbers themselves stand in a table below. Pure."""

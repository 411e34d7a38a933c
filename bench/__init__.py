"""Figures: each program here measures two or more ways side by side, in one run, and prints how they compare."""

"""Benchmarks: each program compares two or more ways in one run and prints the ratios."""

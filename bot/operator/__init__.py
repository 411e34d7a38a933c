"""What the operator does at a terminal: founding a network, checking it, unlocking and running it. English only."""

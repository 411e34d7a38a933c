"""Topics: opening and following them, reading the latest, and saying something with a preview before it goes out."""

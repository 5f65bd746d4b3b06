"""What the pages and papers of consent show, built from a gate."""

"""Everything that starts, tests and packages Samverkan; nothing here is imported by the product itself."""

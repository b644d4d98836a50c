"""The books: the only SQL of the program. What was captured, read and decided, kept for good (docs/store.md)."""

"""From words to works: one step a file, their order in one list."""

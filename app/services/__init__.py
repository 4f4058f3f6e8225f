"""The use cases: one verb a file; each owns its transactions and is where the edges meet."""

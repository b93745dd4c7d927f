"""The benchmarks of the market: `python -m tests.bench`, one table, written to RESULTS.md."""

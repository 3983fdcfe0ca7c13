"""When: times, dates and datelines in six languages."""

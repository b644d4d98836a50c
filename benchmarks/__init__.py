"""Measurements on data that is not part of the repository; ``python -m benchmarks`` lists them."""

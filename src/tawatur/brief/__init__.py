"""The report that cites its records: what happened over some days, by whose word, with every sentence footnoted."""

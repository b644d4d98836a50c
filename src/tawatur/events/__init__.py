"""Records of many documents become events: what can be compared, how alike two records are, which tell of one thing."""

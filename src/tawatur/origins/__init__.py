"""Who stands behind what is told: copies and lineage, origins, accounts, conflicts, grades."""

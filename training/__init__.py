"""How the weights and models that the package ships were made; nothing here is imported at run time."""

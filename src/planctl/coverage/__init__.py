"""Links between plans: which task takes up which task of an upper plan, whether it asks for less, and whether anybody looked since."""

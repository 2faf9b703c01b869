"""Citizens' reports (1022): the city hears, acts, and shows proof."""

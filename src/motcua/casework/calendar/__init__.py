"""Working time: dated holidays, make-up days, opening hours; pure functions."""

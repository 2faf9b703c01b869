"""Who may do what to which row: default deny."""

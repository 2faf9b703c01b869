"""What every band stands on and no domain knows: errors, ids, time, money, events, jobs."""

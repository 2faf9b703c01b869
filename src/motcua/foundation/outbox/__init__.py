"""Events written in the caller's transaction, and the jobs made of them."""

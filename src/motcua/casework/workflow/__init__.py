"""Process definitions as immutable data and the running of cases through them."""

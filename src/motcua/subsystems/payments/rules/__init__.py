"""Pure decisions about money: codes for payment, balance of the books, what fits what."""

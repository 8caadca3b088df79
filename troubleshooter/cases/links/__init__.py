"""Links that agents put into tickets: making them, opening them, what is reported behind them, and lists of them."""

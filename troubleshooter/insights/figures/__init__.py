"""Whether people are helped: five figures of a time, one table by guide, and the same as files."""

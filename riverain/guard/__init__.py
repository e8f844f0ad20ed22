"""Who is at the door, and how often: client addresses, limits, proof of work, blocked senders.

Main doors: `client.address(request)`, `limits.spend_all` and `pow.verify` (both before the
caller's transaction), `blocking`.
"""

"""What every room stands on: the clock, identifiers, typed refusals, versions of what is held in
memory. No word of the business lives here."""

"""Addresses: the streets and house numbers that we hold, and the geocoder behind them.

Main doors: `searching.search(text, …)` and `nearest.nearest(lon, lat)`, from our own rows, then,
where these have no answer, from the geocoder of the setting GEOCODER_URL; `locating` decides
which point an address that was only typed stands for; `importing.import_file` takes in a file of
the Base Adresse Nationale. `words` and `asking` are pure: how a street's name is compared, and
what a typed line asks for.
"""

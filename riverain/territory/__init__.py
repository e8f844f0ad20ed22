"""The territory: collectivities, their areas, and which of them holds a point.

Main doors: `locator.locate(lon, lat)` (no query, microseconds), `queries` (collectivities and areas
from memory), `actions` (register, update, import). `memory` holds one copy a process, keyed by the
version "territory"; every write bumps it. The reading of area files is pure: `geojson` (the file),
`projections`, `geometry` (one feature), `matching` (what a second import updates).
"""

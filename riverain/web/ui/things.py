"""The icons of what is reported, which a town's catalogue names (docs/catalogue.md).

They are for those who read little French and for the eye that runs down a list; ours, drawn like
`icons.ICONS`, and always beside the thing's name.
"""

THINGS = {
    "animal": '<path d="M6 18.5a6.5 6.5 0 0 1 6.5-8h2.3l5.7 5c.9.8.3 3-1 3z"/>'
    '<circle cx="14.3" cy="9" r="2"/><path d="M6 18.5c-2.3 0-3.5-1.4-3.5-3.5M17.2 14.6v.1"/>',
    "bag": '<path d="M9 8c-3.2 2-5 5-5 8.5A3.5 3.5 0 0 0 7.5 20h9a3.5 3.5 0 0 0 3.5-3.5'
    'C20 13 18.2 10 15 8zM9 8 7.5 4c1.5.9 3 .9 4.5 0 1.5.9 3 .9 4.5 0L15 8"/>',
    "bench": '<path d="M4 9h16M4 13h16M6 13v6M18 13v6M6 9V6M18 9V6"/>',
    "bike": '<circle cx="6" cy="16" r="3.5"/><circle cx="18" cy="16" r="3.5"/>'
    '<path d="m6 16 4-7h5l3 7M8.5 7h3M10 9l3.5 7H6M15 9l-.7-3H17"/>',
    "bin": '<path d="M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v6M13.5 11v6"/>',
    "bollard": '<path d="M9.5 20V7a2.5 2.5 0 0 1 5 0v13M9.5 11h5M6.5 20h11"/>',
    "branch": '<path d="M3.5 20 14 9.5M8 15.5V10M11 12.5h5.5"/>'
    '<path d="M14 9.5C13 6 15.5 3.5 20.5 3.5c0 5-2.5 7.5-6.5 6z"/>',
    "building": '<path d="M5 21V4h14v17M3 21h18M9 8h.1M15 8h.1M9 12h.1M15 12h.1M10 21v-5h4v5"/>',
    "cable": '<path d="M3 4c3 8 7 6 9 8s1 4 3 6"/><path d="m19 9-3.5 5h4L16 19"/>',
    "car": '<path d="M3.5 17v-4.5l2-5.5h13l2 5.5V17zM3.5 12.5h17"/>'
    '<path d="M6 17v2.5M18 17v2.5M7 14.8h.1M17 14.8h.1"/>',
    "caterpillar": '<circle cx="5.5" cy="16" r="2.5"/><circle cx="10" cy="14" r="2.5"/>'
    '<circle cx="14.5" cy="16" r="2.5"/><circle cx="18.5" cy="12.5" r="2.5"/>'
    '<path d="m18.5 10 .5-3M20 10.4l2-2"/>',
    "cigarette": '<path d="M3 15h13v4H3zM7.5 15v4M19 15v4M21.5 15v4M19 12c0-3.5-3.5-3-3.5-6"/>',
    "cone": '<path d="m12 3.5-5 16M12 3.5l5 16M4 20h16M9.8 10.5h4.4M8.3 15.5h7.4"/>',
    "container": '<path d="M5 20v-8a7 7 0 0 1 14 0v8zM3.5 20h17"/>'
    '<circle cx="12" cy="11.5" r="2.2"/>',
    "crossing": '<path d="M4.5 5v14M9.5 5v14M14.5 5v14M19.5 5v14"/>',
    "drop": '<path d="M12 3.5c4 4.8 6 7.8 6 10.7a6 6 0 0 1-12 0c0-2.9 2-5.9 6-10.7z"/>',
    "gate": '<path d="M4 20V7l2.5-2L9 7v13M15 20V7l2.5-2L20 7v13M9 11h6M9 16h6"/>',
    "grass": '<path d="M3 20h18M8 20c0-5-1.5-8-4-10M12 20c0-6 .3-10 2-15M16 20c0-5 1.5-7 4.5-9"/>',
    "grate": '<path d="M4 7h16v10H4zM8 7v10M12 7v10M16 7v10"/>',
    "heap": '<path d="M2.5 20.5h19M12.5 20.5V12H20v8.5M12.5 15.5H20M14 12V7h4.5v5"/>'
    '<path d="M5 20.5c-2.2-1.5-2.2-5.5 1-7.5h2.5c3.2 2 3.2 6 1 7.5M6 13l-1.2-3h5L8.5 13"/>',
    "hole": '<path d="M2.5 11.5H7c.4 3.8 2.2 5.5 5 5.5s4.6-1.7 5-5.5h4.5"/>'
    '<path d="m9.5 11.5 1-2.5M14.5 11.5 13 8.5M5 20.5h14"/>',
    "insect": '<ellipse cx="12" cy="14.5" rx="4.5" ry="6"/><path d="M7.8 12.5h8.4M7.8 16.5h8.4'
    'M10 9 8 5M14 9l2-4M7.5 13 4 10M16.5 13l3.5-3"/>',
    "insult": '<path d="M4 4.5h16v12h-8L8 20.5v-4H4zM12 8v3.5M12 13.7v.1"/>',
    "lamp": '<path d="M6 21h6M9 21V6a3 3 0 0 1 6 0M12 6h6l-1.5 4h-3zM15 13v2"/>',
    "leaf": '<path d="M6 18C3.5 10 9 4.5 20 4.5 20 14.5 14 20.5 6 18z'
    'M4 20.5c2.5-5 6-8 10.5-10.5"/>',
    "light": '<path d="M8 3h8v14H8zM12 17v4M12 6.5h.1M12 10h.1M12 13.5h.1"/>',
    "manhole": '<circle cx="12" cy="12" r="8.5"/><path d="M8 9h8M7 12h10M8 15h8"/>',
    "meter": '<path d="M8 3.5h8V14H8zM12 14v7M9 21h6M10.5 7h3M10.5 10.5h3"/>',
    "moon": '<path d="M19.5 14A8 8 0 0 1 10 4.5 8 8 0 1 0 19.5 14z"/>',
    "parasol": '<path d="M3.5 11c.5-4 3.5-7 8.5-7s8 3 8.5 7zM12 4v17M8.5 21h7"/>',
    "paving": '<path d="M3.5 6h17v12h-17zM3.5 12h17M9.5 6v6M15 12v6"/>',
    "plug": '<path d="M9 3.5v5M15 3.5v5M6.5 8.5h11V11a5.5 5.5 0 0 1-11 0zM12 16.5v4"/>',
    "rail": '<path d="M8.5 3.5 5 20.5M15.5 3.5l3.5 17M8 7h8M7 12h10M6 17h12"/>',
    "road": '<path d="M7 3 4 21M17 3l3 18M12 4v3M12 11v3M12 18v3"/>',
    "sheet": '<path d="M3 8c1.5-2.7 3-2.7 4.5 0s3 2.7 4.5 0 3-2.7 4.5 0 3 2.7 4.5 0'
    'M3 16c1.5-2.7 3-2.7 4.5 0s3 2.7 4.5 0 3-2.7 4.5 0 3 2.7 4.5 0M3 8v8M21 8v8"/>',
    "shelter": '<path d="M3 6h18M5 6v14M19 6v14M8.5 14h7M8.5 14v6M15.5 14v6"/>',
    "sign": '<path d="M12 3v18M5 5h11l3 3-3 3H5z"/>',
    "slip": '<circle cx="15" cy="4.8" r="1.9"/><path d="M3.5 20.5h17M5.5 9.5l5-2 3.5 3 4.5-.5'
    'M10.5 7.5 10 13.5l4 2 2 3M10 13.5l-5 3"/>',
    "smell": '<path d="M7 20c-3-3 3-5 0-8s3-5 0-8M12 20c-3-3 3-5 0-8s3-5 0-8M17 20c-3-3 3-5 0-8'
    's3-5 0-8"/>',
    "sofa": '<path d="M6 11.5V8a2.5 2.5 0 0 1 2.5-2.5h7A2.5 2.5 0 0 1 18 8v3.5"/>'
    '<path d="M6 14.5h12v-1a2 2 0 1 1 3.5 1.3V19h-19v-4.2A2 2 0 1 1 6 13.5zM5 19v2M19 19v2"/>',
    "spray": '<path d="M9 10h7v10.5H9zM10.5 10V7h4v3M12.5 7V4.5M9 14h7'
    'M8 5h.1M5.5 3.5h.1M5.5 6.5h.1M3 5h.1"/>',
    "stump": '<path d="M5.5 20c1.7-2 2-6 2-11h9c0 5 .3 9 2 11z"/>'
    '<ellipse cx="12" cy="9" rx="4.5" ry="2.5"/><path d="M12 9h.1"/>',
    "sun": '<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7'
    'M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4"/>',
    "swing": '<path d="M4 20.5 7.5 4h9L20 20.5M10 4v10M14 4v10M8.8 14h6.4"/>',
    "syringe": '<g transform="rotate(-45 12 12)"><path d="M7.5 8.5H17v7H7.5zM17 12h4.5M21.5 9v6'
    'M7.5 12H2.5M11 8.5v3M14 8.5v3"/></g>',
    "tap": '<path d="M4 8h9a5 5 0 0 1 5 5v1.5h-4V13a1 1 0 0 0-1-1H4zM9 8V5M6 5h6M16 17.5v.1'
    'M16 20.5v.1"/>',
    "toilets": '<path d="M7 3.5V11h11.5a6 6 0 0 1-5 5.8V21H8.5v-5A8 8 0 0 1 5 11V3.5z"/>',
    "tree": '<path d="M12 21v-7M12 14c-4 0-6-2.4-6-5.3C6 5.5 8.7 3 12 3s6 2.5 6 5.7'
    'C18 11.6 16 14 12 14zM12 14l3-3"/>',
    "wheelie": '<path d="M4.5 8h14M6 8l1.2 11h8.6L17 8M7 8l1-3.5h7L16 8"/>'
    '<circle cx="8.5" cy="20.3" r=".9"/><circle cx="14.5" cy="20.3" r=".9"/>',
}

"""An invented town to try everything on (docs/demo.md). Main doors: `filling.fill`, the accounts of
`people`.

`town`, `ground` and `people` make the ground, `history` plans the past (pure) in the words of
`voices`, `telling` makes it happen through the domain's actions, `scenes` draws the photos.
Imports nothing: the processes that draw need no Django.
"""

"""The design system shown to who builds on it, at /ui/ where the setting opens it: every component
in every state, the tokens with their contrast measured, whole pages as examples.

`specimens` are the examples, `reading` takes properties and tokens from where they are declared,
`samples` is what the examples are filled with. The browser tests look at the same pages.
"""

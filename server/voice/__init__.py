"""How the market speaks: what is said, as pinyin, and the sound of it."""

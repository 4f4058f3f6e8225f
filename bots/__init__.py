"""The conversation: a member's text in, a reply out; pure, and knows no wire and no database.

Where to look, in the order in which a text passes:

- `conversation`: the whole way, from the text to the reply. Begin here.
- Read the text: `understanding` tries one reading after the other (`codes`, `additions`, `deeds`,
  `coming`, `wishes`, `readings` with `requests`), `fold`, `spelling`, `signature` and `operators`
  clean it, `danger` hears what must not wait, `sense` and `written` serve all of them.
- The words: `lexicon` is a language folder as written, `vocabulary` the index of all; `trial` tries
  a new word against texts whose meaning is known.
- Who speaks, in what language, and what stands open: `speaker`, `names`, `people`, `tongue`;
  `questions`, `follow_up`, `paging`.
- Answer: one file a keyword in `keywords/`, with `answers`, `decisions` and `owed` for what several
  share, `menu`, `private_words`; `wording`, `dates` and `values` fill a template.
- What all speak of: `ask` (Ask, Speaker, Reply, Keyword), `register` (what may be asked of the
  records) and `notes` (what they tell); `sample_register` serves `python -m bots`.
"""

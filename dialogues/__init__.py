"""The talk, as pure functions: `take_turn(state, heard, city) -> Turn` touches nothing but its arguments.

`types` are the nouns, `slots` what a report needs and how an answer fills it, `manager` what follows
from what was heard, `wording` every sentence, `rendering` how a sentence looks on a channel.
"""

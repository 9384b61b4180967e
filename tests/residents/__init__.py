"""Made-up residents who talk to the bot through the real webhooks until their case is filed.

`wordings` is what they may say, `reading` what they make of an answer, `resident` and `personas` who
they are, `encounter` one talk and its judgement, `crowd` many of them, `report` the figures. They know
their goal and see their phone; neither the bot's state nor the database.
"""

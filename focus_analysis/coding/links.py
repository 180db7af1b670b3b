"""What belongs together: a problem and how hard it is, a problem and what would help, each link with its evidence.

A difficulty or solution is linked to a problem

turn      that the same speaker names in the same turn;
question  (difficulties) in a turn under the question of the guide that asks for difficulty, where the turn says "easy"
          or "hard" by answering a moderator who did: the moderator's difficulty codes of the turn before;
exchange  (solutions) that another participant named in the turn right before, a moderator's turn of at most twelve
          words apart, where the turn itself names no problem.

Only what participants affirm is linked.
"""

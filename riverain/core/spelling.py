"""How far two words are from each other by their letters. Pure."""


def slips(one: str, other: str, most: int) -> int:
    """How many letters were added, lost, changed or swapped with their neighbour (Damerau's
    distance in its restricted form, optimal string alignment); `most + 1` for anything further
    than `most`, which is soon known.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            # Written out: `min` of three takes twice the time, and searches do little else.
            cost = before[j - 1] + (sign != against)
            if before[j] < cost:
                cost = before[j] + 1
            if row[-1] < cost:
                cost = row[-1] + 1
            if (
                sign != against
                and i > 1
                and j > 1
                and sign == other[j - 2]
                and one[i - 2] == against
            ):
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        # No row is more than one better than the row before it.
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)

"""How far one written word is from another."""

from __future__ import annotations

MOST_TYPOS = 2


def deletions(word: str) -> tuple[str, ...]:
    """The word, and the word without each of its letters: words one typo apart have one of these in common."""
    return (word, *dict.fromkeys(word[:place] + word[place + 1 :] for place in range(len(word))))


def is_one_typo(left: str, right: str) -> bool:
    return abs(len(left) - len(right)) <= 1 and typos(left, right) == 1


def typos(left: str, right: str) -> int:
    """Letters to add, drop, change or swap with the next to turn one word into the other; 3 stands for more."""
    limit = MOST_TYPOS
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, 1):
        before, previous, row = row, before, [i]
        low, high = max(1, i - limit), min(len(right), i + limit)
        row += [limit + 1] * (low - 1)
        for j in range(low, high + 1):
            cost = min(before[j - 1] + (letter != right[j - 1]), row[j - 1] + 1, before[j] + 1)
            if previous and j > 1 and letter == right[j - 2] and left[i - 2] == right[j - 1]:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
        row += [limit + 1] * (len(right) - high)
        if min(row[low - 1 :]) > limit:
            return limit + 1
    return row[-1]

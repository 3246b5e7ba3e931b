"""Draws the captions of one batch and works out which photo each is true of.

Kinds of captions, all in both languages:
  the name of a label, through a photo phrase ("my dogs", "köpek fotoğrafları")
  a broader or a narrower word ("animal", "schnauzer")
  the same with filler that no photo can show ("... from last summer", "cute ...")
  the same with a made-up word ("a zorble on the beach"): the tower learns to pass over what it does not know
  two labels together ("a dog on the beach"): true of photos with either, best of photos with both
  whole sentences written for one photo, now and then with a word dropped
"""
from __future__ import annotations

import bisect
import random
from dataclasses import dataclass
from typing import Optional

import numpy as np
import torch

import bpe
import phrases


class Pick:
    """weighted choice"""
    def __init__(self, items: list, weights: list[float]):
        self.items, c = items, np.cumsum(weights)
        self.edges = (c / c[-1]).tolist()

    def __call__(self):
        return self.items[min(bisect.bisect(self.edges, random.random()), len(self.items) - 1)]


def early_first(ids: list[int]) -> Optional[Pick]:
    return Pick(ids, [1 / (1 + 0.35 * k) for k in range(len(ids))]) if ids else None


@dataclass
class Texts:
    groups: list[tuple[torch.Tensor, torch.Tensor]]     # (token ids, attention mask), short and long ones apart
    true: torch.Tensor                                  # [photos, texts]
    unknown: torch.Tensor
    own: torch.Tensor                                   # [texts] a label's own name, or a sentence
    text_only: torch.Tensor                             # [texts] asks for photos, but no photo asks for it
    labels: torch.Tensor                                # [photos, nodes]


class Captioner:
    def __init__(self, table: dict, tokenizer: bpe.Tokenizer, second_language: float, extra: int, decorate: float = 0.35):
        self.tok, self.second, self.extra, self.decorate = tokenizer, second_language, extra, decorate
        self.strings = table['strings']
        truth = torch.from_numpy(table['truth'])
        self.true, self.unknown = (truth == 1).float(), (truth == -1).float()
        pair = lambda t: (early_first(t[0]), early_first(t[1]))
        self.own = {n: pair(t) for n, t in table['own'].items()}
        self.own_strings = {s for t in table['own'].values() for part in t for s in part}
        self.broader = {n: Pick([pair(t) for t, _ in v], [w for _, w in v]) for n, v in table['broader'].items()}
        self.narrower = {n: Pick([pair(t) for t, _ in v], [w for _, w in v]) for n, v in table['narrower'].items()}
        self.phrase = {lang: Pick([t for t, _ in p], [w for _, w in p]) for lang, p in phrases.PHRASES.items()}

    def string(self, labels: list[int], own: bool, lang: Optional[str] = None) -> Optional[int]:
        n, r = random.choice(labels), 0.0 if own else random.random()
        pair = self.own.get(n)
        if r > 0.82 and n in self.narrower:
            pair = self.narrower[n]()
        elif (r > 0.35 or pair is None) and n in self.broader:
            pair = self.broader[n]()
        if pair is None:
            return None
        english, second = pair
        if lang:
            chosen = english if lang == 'en' else second
        else:
            chosen = second if second and (english is None or random.random() < self.second) else english
        return chosen() if chosen else None

    def words_for(self, s: int) -> str:
        text, lang = self.strings[s]
        out = phrases.fill(self.phrase[lang](), text, lang)
        r = random.random()
        if r < 0.5 * self.decorate:
            out = phrases.with_filler(out, lang)
        elif r < self.decorate:
            out = phrases.with_unknown(text, lang)
        return out

    def __call__(self, labels: list[list[int]], maybe: list[list[int]], captions: list[list[str]], sentences: int = 48) -> Texts:
        items: list[tuple[list[int], list[int], int, str]] = []      # tokens, strings, photo (of a sentence), kind
        covered: set[int] = set()
        drawn: set[int] = set()
        share, nsent = self.extra / len(labels), 0
        for b in torch.randperm(len(labels)).tolist():
            if captions[b] and nsent < sentences and random.random() < 0.85:
                nsent += 1
                w = random.choice(captions[b]).split()
                if len(w) > 4 and random.random() < 0.4:
                    w = [x for x in w if random.random() > 0.12]
                items.append((self.tok.encode(' '.join(w)), [], b, 'sentence'))
            if not labels[b]:
                continue
            new = [n for n in labels[b] if n not in covered]
            if new:
                n = random.choice(new)
                covered.add(n)
                s = self.string([n], True)
            elif random.random() < share * 1.6:
                s = self.string(labels[b], False)
            else:
                continue
            if s is not None and s not in drawn:
                drawn.add(s)
                items.append((self.tok.encode(self.words_for(s)), [s], -1, 'name'))
        for _ in range(self.extra // 6):                            # two labels of two photos, or of one
            a, b = random.randrange(len(labels)), random.randrange(len(labels))
            if random.random() < 0.3:
                b = a
            if not labels[a] or not labels[b] or a == b and len(labels[a]) < 2:
                continue
            lang = 'tr' if random.random() < self.second else 'en'
            x, y = (random.sample(labels[a], 2) if a == b else (random.choice(labels[a]), random.choice(labels[b])))
            sx, sy = self.string([x], random.random() < 0.7, lang), self.string([y], random.random() < 0.7, lang)
            if sx is not None and sy is not None and sx != sy:
                text = phrases.join(self.strings[sx][0], self.strings[sy][0], lang)
                items.append((self.tok.encode(text), [sx, sy], -1, 'both' if a == b else 'either'))
        items.sort(key=lambda t: len(t[0]))
        return self.pack(items, labels, maybe)

    def pack(self, items: list, labels: list[list[int]], maybe: list[list[int]]) -> Texts:
        K = self.true.shape[1]
        L, U = torch.zeros(len(labels), K), torch.zeros(len(labels), K)
        for b, (x, y) in enumerate(zip(labels, maybe)):
            L[b, x] = 1
            U[b, y] = 1
        first = torch.tensor([s[0] if s else 0 for _, s, _, _ in items])
        last = torch.tensor([s[-1] if s else 0 for _, s, _, _ in items])
        value = lambda s: ((L @ self.true[s].t()) > 0).int() * 2 + (((L @ self.unknown[s].t()) > 0) | ((U @ self.true[s].t()) > 0)).int()
        one, two = value(first).clamp_(max=2), value(last).clamp_(max=2)        # 2 true, 1 unknown, 0 false
        both = torch.tensor([k == 'both' for *_, k in items])
        state = torch.where(both, torch.minimum(one, two), torch.maximum(one, two))
        for t, (_, _, b, kind) in enumerate(items):
            if kind == 'sentence':                                  # may also fit photos that share a label
                state[:, t] = ((L @ L[b]) > 0).int()
                state[b, t] = 2
        cut = sum(len(e) <= 8 for e, *_ in items)
        groups = []
        for part in (items[:cut], items[cut:]):
            if part:
                T = max(len(e) for e, *_ in part)
                groups.append((torch.tensor([e + [self.tok.eos] * (T - len(e)) for e, *_ in part]),
                               torch.tensor([[1] * len(e) + [0] * (T - len(e)) for e, *_ in part])))
        own = torch.tensor([not s or len(s) == 1 and s[0] in self.own_strings for _, s, _, _ in items])
        return Texts(groups, state == 2, state == 1, own, torch.tensor([k == 'either' for *_, k in items]), L)

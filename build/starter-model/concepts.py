"""The caption table: what can be said of a photo, in both languages, and of which labels it is true.

A *node* is a label that photos carry: a WordNet noun (`n02084071`) or, where WordNet has none, a
name of our own (`@face_mask`). A *concept* is something that can be searched for. It holds its
words and the nodes it is true of (P) and unknown of (U); of all other nodes it is false. There are

  own       the nodes themselves, with synonyms
  broader   their hypernyms ("animal" is true of dog), hand-written scene and style words (relations.tsv)
  narrower  WordNet hyponyms without photos, tied to the nearest pictured kind ("schnauzer" -> dog)

Tables in captions/ (English and one more language each; Turkish here):
  classmap.tsv   label text of a source -> node, parents, words
  tiny_tr.tsv, hyper_tr.tsv   WordNet id -> words;  names_tr.tsv   English name -> translation
  relations.tsv  concepts with hand-written true / false / unknown lists
For another language replace the last column of these, the phrases in phrases.py and LANG2.
"""
from __future__ import annotations

import os
import re
from collections import defaultdict
from typing import Iterable, Iterator

import numpy as np

from labels import Labels
from wordnet import WordNet

HERE = os.path.dirname(os.path.abspath(__file__))
LANG2 = 'tr'
DOG, FELINE, FLOWER, LIVING, PHYSICAL = 'n02083346', 'n02120997', 'n11669921', 'n00002684', 'n00001930'
PERSONS = 18                                            # WordNet's file of persons: names and roles, mostly not visible
# ancestors too abstract to be searched for
ABSTRACT = set('''n13134947 n00001740 n00001930 n00002137 n00002684 n00003553 n00021939 n03575240 n00004475 n00004258 n01471682
    n01466257 n03183080 n03094503 n03122748 n00020827 n03093574 n03076708 n15046900 n00020090 n03294048 n03563967 n03574816 n00019128
    n04341686 n03100490 n04170037 n01886756 n01905661 n01767661 n13087625 n13086908 n11675842 n04531098 n04014297 n02796623 n03839993
    n03297735 n03748162 n03953020 n03736970 n03738472 n04451818 n04516672 n04359589 n03257877 n04586341 n09287968 n09366317 n04263760'''.split())
# kinds so wide that their rare hyponyms say nothing about the photo
WIDE = {'n00015388', 'n07555863', 'n00021265', 'n00007846', 'n07570720', 'n00017222', 'n13134947', 'n11669921'}


def rows(name: str) -> Iterator[list[str]]:
    for line in open(f'{HERE}/captions/{name}.tsv', encoding='utf8'):
        if line.strip() and line[0] != '#':
            yield line.rstrip('\n').split('\t')


def listed(cell: str) -> list[str]:
    return [x.strip() for x in cell.split('|') if x.strip()]


def plain(name: str) -> str:
    return re.sub(r'\s+', ' ', re.sub(r'[_\-./]+', ' ', name)).strip().lower()


class Concept:
    def __init__(self, kind: str, weight: float):
        self.kind, self.weight = kind, weight
        self.true: set[int] = set()
        self.unknown: set[int] = set()
        self.words: tuple[list[str], list[str]] = ([], [])      # English, second language

    def add(self, true: set[int], unknown: set[int], english: Iterable[str], second: Iterable[str]) -> None:
        self.true |= true
        self.unknown |= unknown
        for mine, new in zip(self.words, (english, second)):
            mine += [w for w in dict.fromkeys(new) if w not in mine]


class Table:
    def __init__(self) -> None:
        self.wn = WordNet()
        self.english: dict[str, list[str]] = defaultdict(list)
        self.second: dict[str, list[str]] = defaultdict(list)
        self.parents: dict[str, list[str]] = {}
        self.class_map: dict[str, str] = {}
        self.translation: dict[str, list[str]] = defaultdict(list)
        self.macros = {r[0]: r[1] for r in rows('relations') if r[0][0] == '$'}
        self.nodes: list[str] = []
        self.node_names: dict[str, list[str]] = defaultdict(list)
        self.concepts: dict[str, Concept] = {}
        self.read_words()

    # ------------------------------------------------------------ words
    def read_words(self) -> None:
        for table in ('tiny_tr', 'hyper_tr'):
            for wid, english, second in rows(table):
                self.english[wid] += [x.lower() for x in listed(english)]
                self.second[wid] += [x.lower() for x in listed(second)]
        self.tiny = {r[0] for r in rows('tiny_tr')}
        for english, second in rows('names_tr'):
            self.translation[english] += [t for t in listed(second) if t not in self.translation[english]]
        for r in rows('classmap'):
            text, spec, parents, english, second = (r + [''] * 5)[:5]
            key = self.class_map[plain(text)] = self.key(spec)
            if key[0] == '@' and parents:
                self.parents[key] = [self.key(x) for x in parents.split()]
            self.english[key] += [x for x in listed(english) if x not in self.english[key]]
            self.second[key] += [x for x in listed(second) if x not in self.second[key]]

    def key(self, spec: str) -> str:
        """wnid | wn:lemma#sense | @own_name -> node key"""
        if not spec.startswith('wn:'):
            return spec
        lemma, sense = spec[3:].replace('_', ' ').rsplit('#', 1)
        senses = self.wn.senses.get(lemma, ([], 0))[0]
        return senses[int(sense) - 1] if len(senses) >= int(sense) else '@' + lemma.replace(' ', '_')

    def breed(self, name: str) -> str:
        for c in (name, name + ' dog', name.replace(' dog', ''), *(name.replace(f'{w} {v}', f'{w}-{v}') for w, v in
                  (('short', 'haired'), ('wire', 'haired'), ('flat', 'coated'), ('curly', 'coated'), ('soft', 'coated'))),
                  name.replace('black and tan', 'black-and-tan'), name + ' terrier', name + 'hound', name.replace('pekinese', 'pekinese')):
            for wid in self.wn.senses.get(c, ([], 0))[0]:
                if DOG in self.wn.ancestors(wid):
                    return wid
        key = '@' + name.replace(' ', '_')
        self.parents[key] = ['n02084071']
        return key

    def node_of(self, name: str) -> str:
        if re.fullmatch(r'n\d{8}', name):
            return name
        if name.startswith('breed:'):
            return self.breed(name[6:])
        if name.startswith('flower:'):
            flower = name[7:].replace('common dandelion', 'dandelion')
            if flower + ' flower' in self.class_map:
                return self.class_map[flower + ' flower']
            key = '@fl_' + flower.replace(' ', '_')
            self.parents[key], self.english[key] = [FLOWER], [flower]
            return key
        n = plain(name)
        if n in self.class_map:
            return self.class_map[n]
        for k in (n, n[:-1] if n.endswith('s') else n, n[:-2] if n.endswith('es') else n):
            if k in self.wn.senses:
                senses = self.wn.senses[k][0]
                best = [x for x in senses if x in self.tiny] or \
                    [x for x in senses if LIVING in self.wn.ancestors(x) and self.wn.lex[x] != PERSONS] or senses
                return best[0]
        return '@' + n.replace(' ', '_')

    def ancestors(self, key: str) -> dict[str, int]:
        if key in self.wn.lemmas:
            return self.wn.ancestors(key)
        found = {key: 0}
        for p in self.parents.get(key, []):
            for x, n in self.ancestors(p).items():
                found[x] = min(found.get(x, 99), n + 1)
        return found

    def good_lemmas(self, wid: str, max_rank: int) -> list[str]:
        """the lemmas for which this is a usual sense, without proper names"""
        out = []
        for i, lemma in enumerate(self.wn.lemmas[wid]):
            senses = self.wn.senses.get(lemma.lower(), ([], 0))[0]
            if wid in senses and senses.index(wid) >= max_rank or i > 0 and lemma[0].isupper():
                continue
            if len(lemma) > 1 and re.fullmatch(r"[A-Za-z][A-Za-z' \-]*", lemma):
                out.append(lemma.lower())
        return out

    def translate(self, names: list[str]) -> list[str]:
        return [t for n in names for t in self.translation.get(n.lower(), [])]

    # ------------------------------------------------------------ nodes and concepts
    def add_nodes(self, photos: Iterable[Labels]) -> None:
        self.index: dict[str, int] = {}
        for name in dict.fromkeys(n for p in photos for n in (*p.sure, *p.maybe)):
            key = self.node_of(name)
            if key not in self.index:
                self.index[key] = len(self.nodes)
                self.nodes.append(key)
            n = plain(name.split(':', 1)[-1])
            if not re.fullmatch(r'n\d{8}', name) and n not in self.node_names[key] and n not in self.class_map:
                self.node_names[key].append(n)
        self.above = {k: self.ancestors(k) for k in self.nodes}
        self.below: dict[str, set[int]] = defaultdict(set)
        for k in self.nodes:
            for x in self.above[k]:
                self.below[x].add(self.index[k])

    def coarse(self, key: str) -> set[int]:
        """nodes strictly above: a photo labelled only "dog" may show any kind of dog"""
        return {self.index[x] for x, d in self.ancestors(key).items() if d > 0 and x in self.index}

    def add(self, key: str, kind: str, true: set[int], unknown: set[int], english: Iterable[str], second: Iterable[str], weight: float = 1.0) -> None:
        self.concepts.setdefault(key, Concept(kind, weight)).add(true, unknown, english, second)

    def add_own(self) -> None:
        for k in self.nodes:
            if k in self.wn.lemmas:
                english = self.english[k] + self.node_names[k] + self.good_lemmas(k, 2) or [self.wn.lemmas[k][0].lower()]
                second = self.second[k] or self.translate(self.node_names[k] + self.wn.lemmas[k][:1])
            else:
                name = k[1:].replace('_', ' ')
                english = self.english[k] or [name] + self.node_names[k]
                second = self.second[k] + self.translate([name] + self.node_names[k])
            self.add(k, 'own', {self.index[k]} | self.below[k], self.coarse(k), english, second)

    def add_broader(self) -> None:
        for k in list(self.english):
            if k in self.wn.lemmas and self.below[k] and k not in self.index:
                self.add(k, 'broader', set(self.below[k]), self.coarse(k), self.english[k], self.second[k])
        for k, below in list(self.below.items()):
            if k in self.concepts or k in ABSTRACT or k not in self.wn.lemmas or PHYSICAL not in self.wn.ancestors(k):
                continue
            english = self.good_lemmas(k, 1)
            if english:
                self.add(k, 'broader', set(below), self.coarse(k), english, self.translate(english[:1]), 0.4)

    def tokens(self, cell: str) -> set[int]:
        """a cell of relations.tsv: node keys, "<key" for everything below it, "$NAME" for a list"""
        out: set[int] = set()
        for t in cell.split():
            if t in self.macros:
                out |= self.tokens(self.macros[t])
            elif t[0] == '<':
                out |= {i for i in self.below.get(self.key(t[1:]), ()) if self.nodes[i] != self.key(t[1:])}
            elif self.key(t) in self.index:
                out.add(self.index[self.key(t)])
        return out

    def add_relations(self) -> None:
        everything = set(range(len(self.nodes)))
        for r in rows('relations'):
            name, english, second, true, false, unknown = (r + [''] * 6)[:6]
            if name[0] == '$':
                continue
            if english == '=':
                english, second = '|'.join(self.english[true]), '|'.join(self.second[true])
            p, n = self.tokens(true), self.tokens(false)
            u = everything - p - n if unknown.strip() == '*' else self.tokens(unknown)
            if p:
                self.add('rel:' + name, 'relation', p, u - p, listed(english), listed(second))

    def add_narrower(self) -> None:
        pictured = {k for k in self.concepts if k in self.wn.lemmas and k not in ABSTRACT}
        taken = {w for c in self.concepts.values() for part in c.words for w in part}   # curated words keep their meaning
        for top in sorted(pictured):
            todo, seen = [(c, 1) for c in self.wn.hypo[top]], set()
            while todo:
                k, depth = todo.pop()
                if k in seen or k in pictured or depth > 4:
                    continue
                seen.add(k)
                todo += [(c, depth + 1) for c in self.wn.hypo[k]]
                if self.wn.lex[k] == PERSONS or PHYSICAL not in self.wn.ancestors(k):
                    continue
                words = [w for w in self.good_lemmas(k, 1) if len(w.split()) <= 3 and w not in taken]
                common = sum(self.wn.senses[w][1] for w in words if w in self.wn.senses)
                if not words or not common and (top in WIDE or depth > 2):
                    continue
                true = set(self.concepts[top].true)
                self.add('below:' + k, 'narrower', true, self.coarse(k) - true, words[:3], self.translate(words[:1]), (1 + min(common, 20)) / depth)

    # ------------------------------------------------------------ what training needs
    def finish(self) -> None:
        number: dict[tuple[str, str], int] = {}
        self.strings: list[tuple[str, str]] = []
        true: list[set[int]] = []
        unknown: list[set[int]] = []
        texts: dict[str, tuple[list[int], list[int]]] = {}
        for key, c in self.concepts.items():
            ids: tuple[list[int], list[int]] = ([], [])
            for words, lang, mine in zip(c.words, ('en', LANG2), ids):
                for w in words:
                    if (w, lang) not in number:
                        number[w, lang] = len(self.strings)
                        self.strings.append((w, lang))
                        true.append(set())
                        unknown.append(set())
                    i = number[w, lang]
                    true[i] |= c.true
                    unknown[i] |= c.unknown
                    mine.append(i)
            texts[key] = ids
        self.truth = np.zeros((len(self.strings), len(self.nodes)), np.int8)            # 1 true, -1 unknown, 0 false
        for i, (t, u) in enumerate(zip(true, unknown)):
            self.truth[i, list(u)] = -1
            self.truth[i, list(t)] = 1
        # per node: its own texts, and weighted lists of (texts, weight) of broader and narrower concepts
        self.own: dict[int, tuple[list[int], list[int]]] = {}
        self.broader: dict[int, list] = defaultdict(list)
        self.narrower: dict[int, list] = defaultdict(list)
        for key, c in self.concepts.items():
            if c.kind == 'own':
                self.own[self.index[key]] = texts[key]
            for n in c.true:
                if c.kind == 'narrower':
                    self.narrower[n].append((texts[key], c.weight / (1 + len(c.true) / 4)))
                elif c.kind == 'broader':
                    self.broader[n].append((texts[key], c.weight / (0.5 + 0.25 * self.above[self.nodes[n]].get(key, 4))))
                elif c.kind == 'relation' or self.index[key] != n:
                    self.broader[n].append((texts[key], 1.0))
        self.broader, self.narrower = dict(self.broader), dict(self.narrower)
        self.names = {k: (self.concepts[k].words[0] or [k])[0] for k in self.nodes}

    def word_weights(self) -> Iterator[tuple[str, float]]:
        for c in self.concepts.values():
            weight = min(12, 1 + c.weight) if c.kind == 'narrower' else 60
            for w in (*c.words[0], *c.words[1]):
                yield w, weight

    def known_words(self) -> dict[str, list[str]]:
        """`known` was taught with photos of its own; `approximate` stands for the nearest pictured kind"""
        split: dict[bool, set[str]] = {True: set(), False: set()}
        for c in self.concepts.values():
            split[c.kind == 'narrower'] |= {*c.words[0], *c.words[1]}
        return {'known': sorted(split[False]), 'approximate': sorted(split[True] - split[False])}


def build(photos: list[Labels]) -> Table:
    table = Table()
    table.add_nodes(photos)
    table.add_own()
    table.add_broader()
    table.add_relations()
    table.add_narrower()
    table.finish()
    return table

"""From shards to training arrays, caption table and tokenizer. Deterministic.

  python3 prepare.py --data DIR [--size 80] [--tokenizer DIR] [--permissive-only]

--data             the folder written by collect.py; the results go there too
--size             side of the square pictures kept for training (tiny-imagenet stays at 64)
--tokenizer        take the tokenizer of an existing model folder instead of training one (needed to start from its weights)
--permissive-only  only sources whose licence clearly allows training and shipping; results get the suffix "-permissive"
"""
from __future__ import annotations

import argparse
import io
import json
import os
import pickle
from collections import Counter
from multiprocessing import Pool

import numpy as np
from PIL import Image

import bpe
import concepts
import labels
import phrases
from sources import read_table


def centre_square(im: Image.Image, side: int) -> Image.Image:
    """what the app does with a photo: shorter side to `side` (bicubic), then the centre square"""
    w, h = im.size
    if (w, h) != (side, side):
        k = side / min(w, h)
        im = im.resize((max(side, round(w * k)), max(side, round(h * k))), Image.BICUBIC)
        x, y = (im.size[0] - side) // 2, (im.size[1] - side) // 2
        im = im.crop((x, y, x + side, y + side))
    return im


def decode(job: tuple[str, int, int, int]) -> np.ndarray:
    path, offset, length, side = job
    with open(path, 'rb') as f:
        f.seek(offset)
        return np.asarray(centre_square(Image.open(io.BytesIO(f.read(length))).convert('RGB'), side), np.uint8)


def decode_all(rows: list, data: str, side: int, out: str, pool) -> None:
    array = np.lib.format.open_memmap(out, 'w+', np.uint8, (len(rows), side, side, 3))
    jobs = ((f'{data}/photos-{int(r[3]):03d}.bin', int(r[4]), int(r[5]), side) for r in rows)
    for i, x in enumerate(pool.imap(decode, jobs, chunksize=64)):
        array[i] = x
    array.flush()
    print(out, array.shape, flush=True)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--data', required=True)
    ap.add_argument('--size', type=int, default=80)
    ap.add_argument('--tokenizer', default='')
    ap.add_argument('--vocabulary', type=int, default=6144)
    ap.add_argument('--permissive-only', action='store_true')
    ap.add_argument('--workers', type=int, default=2)
    ap.add_argument('--skip-pictures', action='store_true', help='only the texts (the arrays exist)')
    a = ap.parse_args()

    index = [line.rstrip('\n').split('\t') for line in open(f'{a.data}/index.tsv', encoding='utf8')]
    allowed = {s.name for s in read_table() if s.permissive or not a.permissive_only}
    name = 'text-permissive' if a.permissive_only else 'text'

    # two picture arrays, always of every source, so that both variants share them
    groups = {'tiny': [], 'photos': []}
    for r in index:
        groups['tiny' if r[0] == 'tiny_imagenet' else 'photos'].append(r)
    if not a.skip_pictures:
        with Pool(a.workers) as pool:
            decode_all(groups['tiny'], a.data, 64, f'{a.data}/tiny.npy', pool)
            decode_all(groups['photos'], a.data, a.size, f'{a.data}/photos.npy', pool)

    pictures = []                           # one per photo: (array, row, split, source, Labels)
    for array, rows in groups.items():
        for i, r in enumerate(rows):
            if r[0] in allowed or r[1] == 'val':
                found = labels.parse(r[2], r[0])
                if found:
                    pictures.append((array, i, r[1], r[0], found))
    print(Counter(p[3] for p in pictures if p[2] == 'train'), flush=True)

    table = concepts.build([p[4] for p in pictures if p[2] == 'train'])
    ids = {k: i for i, k in enumerate(table.nodes)}
    number = lambda names: [ids[k] for k in map(table.node_of, names) if k in ids]
    photos = [(array, i, split, source, number(x.sure), number(x.maybe), x.captions) for array, i, split, source, x in pictures]

    if a.tokenizer:
        model = json.load(open(f'{a.tokenizer}/tokenizer.json', encoding='utf8'))['model']
        merges = [m.split(' ') if isinstance(m, str) else m for m in model['merges']]
        vocabulary = sorted(model['vocab'], key=model['vocab'].get)
    else:
        count: Counter = Counter()
        for text, weight in table.word_weights():
            for w in bpe.words(text):
                count[w] += weight
        for p in photos:
            for c in p[6]:
                for w in bpe.words(c):
                    count[w] += 1
        for text in phrases.ALL:
            for w in bpe.words(text):
                count[w] += 500
        merges, vocabulary = bpe.train(count, a.vocabulary)

    with open(f'{a.data}/{name}.pkl', 'wb') as f:
        pickle.dump({'nodes': table.nodes, 'names': table.names, 'strings': table.strings, 'truth': table.truth, 'own': table.own,
                     'broader': table.broader, 'narrower': table.narrower, 'photos': photos,
                     'merges': merges, 'vocabulary': vocabulary, 'known': table.known_words()}, f)
    print(f'{name}: {len(table.nodes)} labels, {len(table.strings)} strings, {len(photos)} photos', flush=True)


if __name__ == '__main__':
    main()

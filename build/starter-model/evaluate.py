"""Measure model folders side by side; prints a table and writes the numbers as JSON.

  python3 evaluate.py --data DIR --library DIR --out FILE present=DIR new=DIR ...

--data     the folder of collect.py (its tiny-imagenet val photos)
--library  photos that were never trained on, with a table DIR.tsv beside them: file, label or captions, source
Needs onnxruntime and Pillow; speed and the tokenizer are checked with node, onnxruntime-node and @huggingface/tokenizers.

Search: the queries of queries.tsv, typed as they are. A photo is right if the query's pattern is found in its label or
captions. mAP is the mean of the average precision over queries with at least two right photos; precision@10 counts right
photos among the first ten, of at most as many as there are. "with an unknown word" puts a made-up word into every query.
Captions: every caption of a captioned photo is searched among all captioned photos.
"""
from __future__ import annotations

import argparse
import io
import json
import os
import random
import re
import subprocess

import numpy as np

os.environ['ORT_DISABLE_TELEMETRY'] = '1'  # it tells its makers what it is used for otherwise
import onnxruntime
from PIL import Image, ImageOps

import bpe
import concepts
import phrases
from prepare import centre_square

HERE = os.path.dirname(os.path.abspath(__file__))
PROMPTS = {'en': ['a photo of {a}', '{}', 'a photo of the {}'], 'tr': ['{} fotoğrafı', '{}', 'bir {}']}
CAPTIONED = ('flickr8k', 'coco_tiny')


class Model:
    def __init__(self, folder: str):
        read = lambda n: json.load(open(f'{folder}/{n}', encoding='utf8'))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        open_ = lambda n: onnxruntime.InferenceSession(f'{folder}/onnx/{n}_model.onnx', options, providers=['CPUExecutionProvider'])
        self.folder, self.vision, self.texts = folder, open_('vision'), open_('text')
        part = read('tokenizer.json')['model']
        self.tok = bpe.Tokenizer([tuple(m.split(' ') if isinstance(m, str) else m) for m in part['merges']], sorted(part['vocab'], key=part['vocab'].get))
        pre = read('preprocessor_config.json')
        self.size, self.mean, self.std = pre['size']['shortest_edge'], np.float32(pre['image_mean']), np.float32(pre['image_std'])

    def text(self, queries: list[str]) -> np.ndarray:
        out = []
        for q in queries:
            ids = np.array([self.tok.encode(q)], np.int64)
            out.append(self.texts.run(None, {'input_ids': ids, 'attention_mask': np.ones_like(ids)})[0][0])
        return np.stack(out)

    def names(self, names: list[str], lang: str) -> np.ndarray:
        z = sum(self.text([phrases.fill(t, n, lang) for n in names]) for t in PROMPTS[lang])
        return z / np.linalg.norm(z, axis=1, keepdims=True)

    def photos(self, images: list[Image.Image]) -> np.ndarray:
        out = []
        for k in range(0, len(images), 50):
            x = np.stack([np.asarray(centre_square(im, self.size), np.float32) for im in images[k:k + 50]]) / 255
            out.append(self.vision.run(None, {'pixel_values': ((x - self.mean) / self.std).transpose(0, 3, 1, 2).astype(np.float32)})[0])
        return np.concatenate(out)


def tiny_val(data: str) -> tuple[list[Image.Image], list[str]]:
    images, labels = [], []
    for line in open(f'{data}/index.tsv', encoding='utf8'):
        _, split, label, shard, offset, length = line.rstrip('\n').split('\t')
        if split == 'val':
            with open(f'{data}/photos-{int(shard):03d}.bin', 'rb') as f:
                f.seek(int(offset))
                images.append(Image.open(io.BytesIO(f.read(int(length)))).convert('RGB'))
            labels.append(label)
    return images, labels


def library(folder: str) -> tuple[list[Image.Image], list[tuple[str, str]]]:
    images, rows = [], []
    for line in list(open(folder.rstrip('/') + '.tsv', encoding='utf8'))[1:]:
        name, text, source = line.rstrip('\n').split('\t')
        images.append(ImageOps.exif_transpose(Image.open(f'{folder}/{name}')).convert('RGB'))
        rows.append((text.lower(), source))
    return images, rows


def average_precision(hit: np.ndarray) -> float:
    return float(((hit.cumsum() / np.arange(1, len(hit) + 1)) * hit).sum() / hit.sum())


def search(model: Model, z: np.ndarray, rows: list[tuple[str, str]], queries: list[list[str]], column: int, change=lambda q: q) -> dict:
    each = []
    for q, t in zip(queries, model.text([change(q[column]) for q in queries])):
        pool = [i for i, r in enumerate(rows) if q[3] == 'all' or r[1] not in CAPTIONED]
        right = np.array([bool(re.search(q[2], rows[i][0])) for i in pool], np.float32)
        if right.sum() >= 2:
            hit = right[np.argsort(-(z[pool] @ t), kind='stable')]
            each.append({'query': q[column], 'right': int(right.sum()), 'ap': average_precision(hit), 'p10': float(hit[:10].sum() / min(10, right.sum())), 'chance': float(right.mean())})
    return {'queries': len(each), 'mAP': float(np.mean([e['ap'] for e in each])), 'p10': float(np.mean([e['p10'] for e in each])),
            'chance': float(np.mean([e['chance'] for e in each])), 'each': each}


def measure(folder: str, data: str, lib: str) -> dict:
    model, r = Model(folder), {}
    words = {row[0]: (concepts.listed(row[1])[0].lower(), concepts.listed(row[2])[0].lower()) for row in concepts.rows('tiny_tr')}
    images, labels = tiny_val(data)
    z, kinds = model.photos(images), sorted(words)
    want = np.array([kinds.index(x) for x in labels])
    for i, lang in enumerate(('en', 'tr')):
        best = np.argsort(-(z @ model.names([words[k][i] for k in kinds], lang).T), 1)[:, :5]
        r[f'tiny_{lang}'] = {'top1': float((best[:, 0] == want).mean()), 'top5': float((best == want[:, None]).any(1).mean())}
    images, rows = library(lib)
    z = model.photos(images)
    queries = [line.rstrip('\n').split('\t') for line in open(f'{HERE}/queries.tsv', encoding='utf8') if line[0] != '#']
    r['photos'] = len(rows)
    r['search_en'], r['search_tr'] = search(model, z, rows, queries, 0), search(model, z, rows, queries, 1)
    random.seed(1)
    r['unknown_en'] = search(model, z, rows, queries, 0, lambda q: phrases.with_unknown(q, 'en'))
    r['unknown_tr'] = search(model, z, rows, queries, 1, lambda q: phrases.with_unknown(q, 'tr'))
    captioned = [i for i, x in enumerate(rows) if x[1] in CAPTIONED]
    captions = [(k, c) for k, i in enumerate(captioned) for c in rows[i][0].split(' | ')]
    scores = model.text([c for _, c in captions]) @ z[captioned].T
    rank = np.array([(s > s[k]).sum() for s, (k, _) in zip(scores, captions)])
    r['captions'] = {'captions': len(captions), 'photos': len(captioned), **{f'recall@{n}': float((rank < n).mean()) for n in (1, 5, 10)}}
    r['size_mb'] = sum(os.path.getsize(os.path.join(d, f)) for d, _, fs in os.walk(folder) for f in fs) / 1e6
    r['input'] = model.size
    r['speed'] = json.loads(subprocess.run(['node', f'{HERE}/speed.mjs', folder], capture_output=True, text=True, check=True).stdout.splitlines()[-1])
    return r


ROWS = [('tiny-imagenet val, 200-way top-1, names only, English', lambda r: f"{100 * r['tiny_en']['top1']:.1f} %"),
        ('the same, Turkish', lambda r: f"{100 * r['tiny_tr']['top1']:.1f} %"),
        ('everyday queries, mAP, English', lambda r: f"{r['search_en']['mAP']:.3f}"), ('the same, Turkish', lambda r: f"{r['search_tr']['mAP']:.3f}"),
        ('everyday queries, precision@10, English', lambda r: f"{r['search_en']['p10']:.3f}"), ('the same, Turkish', lambda r: f"{r['search_tr']['p10']:.3f}"),
        ('mAP with an unknown word in the query, English', lambda r: f"{r['unknown_en']['mAP']:.3f}"), ('the same, Turkish', lambda r: f"{r['unknown_tr']['mAP']:.3f}"),
        ('caption to photo, recall@1/5/10', lambda r: ' / '.join(f"{r['captions'][f'recall@{n}']:.3f}" for n in (1, 5, 10))),
        ('photos/s, onnxruntime-node, 2 threads, batch 1', lambda r: str(r['speed']['batch1'])), ('the same, batch 8', lambda r: str(r['speed']['batch8'])),
        ('tokenizer ids as in reference.json; worst text cosine', lambda r: f"{'yes' if r['speed']['sameIds'] else 'NO'}; {r['speed']['worstTextCosine']:.5f}"),
        ('input', lambda r: f"{r['input']} px"), ('size of the folder', lambda r: f"{r['size_mb']:.1f} MB")]


def table(results: dict[str, dict]) -> str:
    lines = ['| | ' + ' | '.join(results) + ' |', '|---|' + '---|' * len(results)]
    return '\n'.join(lines + [f'| {name} | ' + ' | '.join(get(r) for r in results.values()) + ' |' for name, get in ROWS])


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--data', required=True)
    ap.add_argument('--library', required=True)
    ap.add_argument('--out', required=True)
    ap.add_argument('models', nargs='+', help='NAME=DIR')
    a = ap.parse_args()
    results = {}
    for m in a.models:
        name, folder = m.split('=', 1)
        results[name] = measure(folder, a.data, a.library)
    with open(a.out, 'w', encoding='utf8') as f:
        json.dump(results, f, indent=1, ensure_ascii=False)
    s = next(iter(results.values()))
    print(f"library: {s['photos']} photos, {s['search_en']['queries']} queries (chance mAP {s['search_en']['chance']:.3f}), "
          f"{s['captions']['captions']} captions of {s['captions']['photos']} photos\n")
    print(table(results))


if __name__ == '__main__':
    main()

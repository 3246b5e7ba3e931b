"""Fill card.md with what was measured and write MODEL_CARD.md into the model folder.

  python3 card.py --data DIR --checkpoint FILE --log FILE --eval FILE --training FILE --uses FILE --permissive FILE --limits FILE --model DIR

--eval        JSON of evaluate.py; its last model is not this one unless --name says so
--training, --uses, --permissive, --limits   short text files: how this run was made, how often the library was looked at,
              what the permissive-only variant came to, what the model is bad at
"""
from __future__ import annotations

import argparse
import json
import pickle
from collections import Counter

from evaluate import table
from model import StarterClip, macs
from sources import read_table


def curve(log: str) -> str:
    lines = ['| photos drawn | minutes | tiny-imagenet val top-1 (2,000 photos) | mAP of label names on photos held out of the other sources |', '|---|---|---|---|']
    for line in open(log):
        if line[0] == '#':
            _, _, seen, seconds, top1, ap_ = line.rstrip('\n').split('\t')
            lines.append(f'| {int(seen) / 1e6:.2f} M | {float(seconds) / 60:.0f} | {100 * float(top1):.1f} % | {float(ap_):.3f} |')
    return '\n'.join(lines)


def per_query(results: dict[str, dict], name: str, base: str) -> str:
    lines = [f'| English | right photos | AP | p@10 | AP {base} | Turkish | AP | p@10 |', '|---|---|---|---|---|---|---|---|']
    new, old = results[name], results[base]
    for e, t, o in zip(new['search_en']['each'], new['search_tr']['each'], old['search_en']['each']):
        lines.append(f"| {e['query']} | {e['right']} | {e['ap']:.2f} | {e['p10']:.2f} | {o['ap']:.2f} | {t['query']} | {t['ap']:.2f} | {t['p10']:.2f} |")
    return '\n'.join(lines)


def sources(photos: list) -> str:
    used = Counter(p[3] for p in photos if p[2] == 'train')
    lines = ['| set | repository | commit | photos | licence as the repository states it / known terms |', '|---|---|---|---|---|']
    for s in read_table():
        if used[s.name]:
            lines.append(f'| {s.what} | {s.repository} | {s.commit} | {used[s.name]:,} | {s.licence} |')
    return '\n'.join(lines)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('data', 'checkpoint', 'log', 'eval', 'training', 'uses', 'permissive', 'limits', 'model'):
        ap.add_argument('--' + name, required=True)
    ap.add_argument('--text', default='text')
    ap.add_argument('--name', default='new')
    ap.add_argument('--base', default='present')
    a = ap.parse_args()
    import torch
    c = torch.load(a.checkpoint, map_location='cpu')
    cfg = c['cfg']
    net = StarterClip(**cfg)
    D = pickle.load(open(f'{a.data}/{a.text}.pkl', 'rb'))
    results = json.load(open(a.eval, encoding='utf8'))
    mine = results[a.name]
    size = mine['input']
    lang = Counter(x for _, x in D['strings'])
    read = lambda path: open(path, encoding='utf8').read().strip()
    millions = lambda part: f'{sum(p.numel() for p in part.parameters()) / 1e6:.2f}'
    slash = lambda values: '/'.join(map(str, values))
    card = read(__file__.rsplit('/', 1)[0] + '/card.md') + '\n'
    for key, value in {
        'LABELS': len(D['nodes']), 'SIZE': size, 'VOCABULARY': len(D['vocabulary']), 'PHOTOS': mine['photos'], 'QUERIES': mine['search_en']['queries'],
        'CHANCE': f"{mine['search_en']['chance']:.3f}", 'CAPTIONS': mine['captions']['captions'], 'CAPTIONED': mine['captions']['photos'], 'TABLE': table(results),
        'USES': read(a.uses), 'PER_QUERY': per_query(results, a.name, a.base), 'WIDTHS': slash(cfg['widths']), 'DEPTHS': slash(cfg['depths']),
        'IMAGE_M': millions(net.image), 'TEXT_M': millions(net.text), 'MACS': round(macs(cfg['widths'], cfg['depths'], size) / 1e6), 'TEXT_LAYERS': cfg['text_layers'],
        'TRAINING': read(a.training), 'STRINGS': f"{len(D['strings']):,}", 'STRINGS_EN': f"{lang['en']:,}", 'STRINGS_TR': f"{lang['tr']:,}", 'CURVE': curve(a.log),
        'PERMISSIVE': read(a.permissive), 'SOURCES': sources(D['photos']), 'LIMITS': read(a.limits),
    }.items():
        card = card.replace('{' + key + '}', str(value))
    with open(f'{a.model}/MODEL_CARD.md', 'w', encoding='utf8') as f:
        f.write(card)


if __name__ == '__main__':
    main()

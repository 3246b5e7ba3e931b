"""The photo sources and how each one's file names become labels.

`sources.tsv` lists the repositories. Here every source has one rule: given a path inside the
repository it returns the photo's label text, or None for a file that is not wanted. Several
captions of one photo are joined with " | ". What a label text means is decided later, by
`labels.py` and `captions/classmap.tsv`; a source for another language needs nothing here.
"""
from __future__ import annotations

import csv
import io
import json
import os
import re
import struct
import zlib
from dataclasses import dataclass
from typing import Callable, Optional

HERE = os.path.dirname(os.path.abspath(__file__))
Show = Callable[[str], bytes]                   # path inside the repository -> its bytes
Rule = Callable[[str], Optional[str]]           # path inside the repository -> label text


@dataclass
class Source:
    name: str
    repository: str
    commit: str
    licence: str
    permissive: bool
    what: str


def read_table() -> list[Source]:
    rows = [line.rstrip('\n').split('\t') for line in open(f'{HERE}/sources.tsv', encoding='utf8') if line[0] != '#']
    return [Source(n, r, c, l, p == 'yes', w) for n, r, c, l, p, w in rows]


def words(text: str) -> str:
    return re.sub(r'\s+', ' ', re.sub(r'[_\-]+', ' ', text)).strip().lower()


def pattern(regex: str, label: Callable[[re.Match], Optional[str]]) -> Rule:
    compiled = re.compile(regex, re.I)

    def rule(path: str) -> Optional[str]:
        m = compiled.match(path)
        return label(m) if m else None
    return rule


def table(show: Show, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(show(path).decode('utf8', 'replace'))))


def clean_caption(text: str) -> str:
    return re.sub(r'\s*\.\s*$', '', text.strip().strip('"'))


# ---------------------------------------------------------------- one function per source
CALTECH = {'Faces': 'person face', 'Faces_easy': 'close-up of a face', 'Motorbikes': 'motorbike', 'airplanes': 'airplane',
           'Leopards': 'leopard', 'car_side': 'car', 'gerenuk': 'gerenuk antelope', 'emu': 'emu bird', 'ibis': 'ibis bird',
           'garfield': 'garfield cartoon cat', 'snoopy': 'snoopy cartoon', 'bass': 'bass fish', 'sea_horse': 'seahorse',
           'cougar_body': 'cougar', 'yin_yang': 'yin yang symbol', 'water_lilly': 'water lily'}
IMAGENETTE = {'n01440764': 'tench fish', 'n02102040': 'english springer spaniel dog', 'n02979186': 'cassette player',
              'n03000684': 'chainsaw', 'n03028079': 'church', 'n03394916': 'french horn', 'n03417042': 'garbage truck',
              'n03425413': 'gas pump', 'n03445777': 'golf ball', 'n03888257': 'parachute'}
PACS = {'photo': 'photo of a %s', 'art_painting': 'painting of a %s', 'cartoon': 'cartoon of a %s', 'sketch': 'sketch drawing of a %s'}
SCENE15 = {'Bedroom': 'bedroom', 'Coast': 'coast, beach', 'Forest': 'forest', 'Highway': 'highway', 'Industrial': 'industrial factory',
           'InsideCity': 'inside the city', 'Kitchen': 'kitchen', 'LivingRoom': 'living room', 'Mountain': 'mountain', 'Office': 'office',
           'OpenCountry': 'open country field', 'Store': 'store shop interior', 'Street': 'street', 'Suburb': 'suburb houses',
           'TallBuilding': 'tall building'}
WEATHER = {'Cloudy': 'cloudy sky', 'Rain': 'rainy weather', 'Shine': 'sunny day, blue sky', 'Sunrise': 'sunrise'}


def tiny_imagenet(show: Show) -> Rule:
    answer = dict(line.split('\t')[:2] for line in show('tiny-imagenet-200/val/val_annotations.txt').decode().splitlines())
    return pattern(r'tiny-imagenet-200/(?:train/(n\d+)/images/.*|val/images/(.*))\.JPEG$', lambda m: m[1] or answer[m[2] + '.JPEG'])


def intel_scenes(show: Show) -> Rule:
    kinds = ['buildings', 'forest', 'glacier', 'mountain', 'sea', 'street']
    label = {r['image_name']: kinds[int(r['label'])] for r in table(show, 'train-scene classification/train.csv')}
    return pattern(r'train-scene classification/train/(.*\.jpg)$', lambda m: label.get(m[1]))


def pets(show: Show) -> Rule:
    dogs = {r['id']: r['breed'] for r in table(show, 'dataset/breed_dataset/dog_breeds/labels.csv')}
    cats = {r['id']: r['breed'] for r in table(show, 'dataset/breed_dataset/cat_breeds/cat_labels.csv')}

    def rule(path: str) -> Optional[str]:
        if m := re.match(r'dataset/breed_dataset/dog_breeds/train/(.*)\.jpe?g$', path):
            return 'breed:' + words(dogs[m[1]]) if m[1] in dogs else None
        if m := re.match(r'dataset/breed_dataset/cat_breeds/train/(.*)$', path):
            return words(cats[m[1]]) + ' cat' if m[1] in cats else None
        if m := re.match(r'dataset/breed_dataset/(dog|cat)_breeds/test/.*jpe?g$', path):
            return m[1]
        m = re.match(r'dataset/(?:training|test)_set/(cat|dog)s/.*jpg$', path)
        return m[1] if m else None
    return rule


def animal_pose(show: Show) -> Rule:
    data = json.loads(show('keypoints.json'))
    kind = {c['id']: c['name'] for c in data['categories']}
    found: dict[str, set[str]] = {}
    for a in data['annotations']:
        found.setdefault(data['images'][str(a['image_id'])], set()).add(kind[a['category_id']])
    return pattern(r'images/(.*\.(?:jpe?g|png))$', lambda m: ' and '.join(sorted(found[m[1]])) if m[1] in found else None)


def voc(show: Show) -> Rule:
    """blocks of "file", then "kind x y x y" lines, then a count"""
    found: dict[str, set[str]] = {}
    name = ''
    for line in show('HandledText/annotations.txt').decode().splitlines():
        part = line.split()
        if part and part[0].lower().endswith('.jpg'):
            name = part[0]
        elif len(part) == 5:
            found.setdefault(name, set()).add(part[0])
    return lambda path: 'voc:' + '+'.join(sorted(found[os.path.basename(path)])) if os.path.basename(path) in found and path.endswith('.jpg') else None


def monkeys(show: Show) -> Rule:
    kind = {}
    for line in show('monkey_labels.txt').decode().splitlines():
        f = [x.strip() for x in line.split(',')]
        if re.match(r'n\d$', f[0]):
            kind[f[0]] = words(f[2])
    return pattern(r'(?:training|validation)/(?:\w+/)?(n\d)/.*\.(?:jpg|png)$', lambda m: kind[m[1]] + ' monkey')


def cars(show: Show) -> Rule:
    """make, model and year; the class names sit in a compressed MATLAB file"""
    raw, names, at = show('cars_meta.mat'), [], 128
    while at < len(raw):
        kind, size = struct.unpack('<II', raw[at:at + 8])
        block = raw[at + 8:at + 8 + size]
        if kind == 15:
            block = zlib.decompress(block)
        names += [x.decode('utf8', 'replace') for x in re.findall(rb'[A-Za-z0-9][A-Za-z0-9 \-\./&]{8,60} (?:19|20)\d\d', block)]
        if not names:
            names += [x.decode('utf-16le') for x in re.findall(rb'(?:[\x20-\x7e]\x00){8,70}', block)]
        at += 8 + size
    names = [n for n in names if re.search(r'(19|20)\d\d$', n)]
    kind_of = [int(x) for x in show('train_perfect_preds.txt').split()]
    ok = len(names) == 196
    return pattern(r'cars_train/(\d+)\.jpg$', lambda m: (names[kind_of[int(m[1]) - 1] - 1] if ok else '') + ' car')


def flowers102(show: Show) -> Rule:
    name = {k: v.lower() for k, v in json.loads(show('cat_to_name.json')).items()}
    return pattern(r'flowers/(?:train|valid|test)/(\d+)/.*jpg$', lambda m: 'flower:' + name[m[1]])


def flickr8k(show: Show) -> Rule:
    captions: dict[str, list[str]] = {}
    for r in table(show, 'data/captions.txt'):
        captions.setdefault(r['image'], []).append(clean_caption(r['caption']))
    return pattern(r'data/images/(.*jpg)$', lambda m: ' | '.join(captions[m[1]]) if m[1] in captions else None)


def coco_mini(show: Show) -> Rule:
    captions: dict[str, list[str]] = {}
    for part in ('train', 'val'):
        data = json.loads(show(f'annotations/captions_{part}2017.json'))
        name = {i['id']: i['file_name'] for i in data['images']}
        for a in data['annotations']:
            if a['image_id'] in name:
                captions.setdefault(name[a['image_id']], []).append(clean_caption(a['caption']))
    return pattern(r'(?:train|val)2017/(.*jpg)$', lambda m: ' | '.join(captions[m[1]]) if m[1] in captions else None)


RULES: dict[str, Callable[[Show], Rule]] = {
    'tiny_imagenet': tiny_imagenet,
    'caltech101': lambda show: pattern(r'101_ObjectCategories/(?!BACKGROUND)([^/]+)/.*\.jpg$', lambda m: CALTECH.get(m[1], words(m[1]))),
    'intel_scenes': intel_scenes,
    'rooms': lambda show: pattern(r'dataset/(?:train|eval)/(\w+)/.*jpg$', lambda m: words(m[1])),
    'scene15': lambda show: pattern(r'data/(?:train|test)/(\w+)/.*jpg$', lambda m: SCENE15[m[1]] + ', black and white photo' if m[1] in SCENE15 else None),
    'imagenette': lambda show: pattern(r'(?:train|val)/(n\d+)/.*\.JPEG$', lambda m: IMAGENETTE[m[1]]),
    'pets': pets,
    'animal_pose': animal_pose,
    'voc': voc,
    'monkeys': monkeys,
    'pacs': lambda show: pattern(r'PACS/(\w+)/(\w+)/.*\.(?:jpg|png)$', lambda m: PACS[m[1]] % m[2]),
    'sports': lambda show: pattern(r'data/(\w+)/.*\.(?:jpe?g|png)$', lambda m: words(m[1]) + ' sport'),
    'indian_food': lambda show: pattern(r'(?:Food_Classification_Unannoted-Dataset/(?:train|test|validation)/([^/]+)|Food_Detection_Annoted_Dataset/(?:train|valid|test)/images)/.*\.(?:jpe?g|png)$',
                                        lambda m: words(m[1]) + ', indian food dish' if m[1] else 'indian food'),
    'pizza_icecream': lambda show: pattern(r'(?:train|test|validation)/(pizza|icecream)/.*jpe?g$', lambda m: 'pizza' if m[1] == 'pizza' else 'ice cream'),
    'canteen': lambda show: pattern(r'Black and white/(?!Mix)([A-Za-z_]+)/.*\.(?:jpe?g|png)$', lambda m: words(m[1]) + ' food'),
    'fruits': lambda show: pattern(r'Training/([^/]+)/.*jpg$', lambda m: words(m[1]) + ' fruit on white background'),
    'flowers102': flowers102,
    'cars': cars,
    'weather': lambda show: pattern(r'(?:train|test)/(\w+)/.*\.jpe?g$', lambda m: WEATHER[m[1]]),
    'faces': lambda show: pattern(r'dataset/(with|without)_mask/.*\.(?:jpe?g|png)$', lambda m: 'person wearing a face mask' if m[1] == 'with' else 'portrait, face of a person'),
    'receipts': lambda show: pattern(r'data/img/.*jpg$', lambda m: 'scanned receipt document'),
    'flickr8k': flickr8k,
    'coco_mini': coco_mini,
}
# sets of near-identical studio pictures: a sample per label is enough
PER_LABEL = {'fruits': 40, 'canteen': 100, 'indian_food': 3000}

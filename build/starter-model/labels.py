"""From a photo's label text to the labels it surely has, the ones it may have, and its captions."""
from __future__ import annotations

import re
from typing import NamedTuple, Optional


class Labels(NamedTuple):
    sure: list[str]             # true of the photo
    maybe: list[str]            # not known either way
    captions: list[str]         # whole sentences


STYLES = {'photo of a ': '', 'painting of a ': 'painting style', 'cartoon of a ': 'cartoon style', 'sketch drawing of a ': 'sketch style'}
CAR_BODIES = [('convertible', 'convertible'), ('coupe', 'coupe'), ('hatchback', 'hatchback'), ('minivan', 'minivan'), ('suv', 'suv'),
              ('sedan', 'sedan'), ('wagon', 'wagon'), ('van', 'van'), ('cab', 'pickup')]
NOT_PICTURED = ('kissel food', 'water food', 'buffet food')

# A caption names a label when it holds one of the label's words.
CAPTION_WORDS = {name: set(listed.split()) for name, listed in {
    'dog': 'dog dogs puppy puppies', 'cat': 'cat cats kitten', 'man': 'man men guy guys gentleman', 'woman': 'woman women lady ladies',
    'boy': 'boy boys', 'girl': 'girl girls', 'child': 'child children kid kids toddler boy boys girl girls', 'baby': 'baby babies infant toddler',
    'person': 'man men guy guys woman women lady ladies boy boys girl girls child children kid kids toddler baby person people player players '
              'crowd couple biker climber hiker surfer skier snowboarder skateboarder rider bicyclist',
    'beach': 'beach', 'snow': 'snow snowy', 'water': 'water river lake ocean sea pool waves wave waterfall creek stream pond surf',
    'tree': 'tree trees forest woods', 'grass': 'grass grassy lawn field meadow', 'street': 'street road sidewalk',
    'bicycle': 'bicycle bike bicycles bikes bicyclist', 'rock': 'rock rocks rocky cliff boulder', 'mountain': 'mountain mountains',
    'crowd': 'crowd crowded', 'pool': 'pool swimming', 'ball': 'ball', 'soccer': 'soccer', 'surfing': 'surf surfer surfing surfboard wave waves',
    'skiing': 'ski skier skis skiing snowboard snowboarder snowboarding', 'skateboard': 'skateboard skateboarder skateboarding',
    'climbing': 'climbing climber climbs', 'running': 'running runs run jumping jumps leaps', 'sea': 'ocean sea', 'horse': 'horse horses',
    'motorbike': 'motorcycle motorcycles motorbike', 'car': 'car cars', 'buildings': 'building buildings', 'train': 'train trains',
    'bus': 'bus buses', 'boat': 'boat boats canoe kayak sailboat', 'bird': 'bird birds', 'airplane': 'airplane plane jet airplanes',
    'clock': 'clock', 'umbrella': 'umbrella umbrellas', 'table': 'table desk', 'truck': 'truck trucks', 'pizza': 'pizza',
    'giraffe': 'giraffe giraffes', 'elephant': 'elephant elephants', 'cow': 'cow cows', 'sheep': 'sheep', 'kitchen': 'kitchen',
    'bathroom': 'bathroom', 'bedroom': 'bedroom', 'food': 'food meal plate', 'computer': 'computer laptop',
}.items()}
OFTEN_UNSAID = ['water', 'tree', 'grass', 'rock', 'person', 'crowd', 'buildings', 'street', 'mountain', 'car', 'ball', 'running', 'table', 'food']
VOC_NAMES = {'aeroplane': 'airplane'}


def from_captions(text: str) -> Labels:
    captions = [re.sub(r'\s+', ' ', c).strip(' .').lower() for c in text.split(' | ')]
    captions = [c for c in captions if 2 <= len(c.split()) <= 22]
    said = set(re.findall(r'[a-z]+', ' '.join(captions)))
    sure = [name for name, listed in CAPTION_WORDS.items() if listed & said]
    return Labels(sure, [name for name in OFTEN_UNSAID if name not in sure], captions)


def parse(text: str, source: str) -> Optional[Labels]:
    low = text.lower().strip()
    if low in NOT_PICTURED:
        return None
    if source in ('flickr8k', 'coco_mini'):
        return from_captions(text)
    if source == 'pacs':
        low = low.replace(' of an ', ' of a ')
        for start, style in STYLES.items():
            if low.startswith(start):
                return Labels([low[len(start):]] + ([style] if style else []), [], [])
    if source == 'cars':
        return Labels([next((kind for word, kind in CAR_BODIES if re.search(rf'\b{word}\b', low)), 'car')], [], [])
    if source == 'voc':
        return Labels([VOC_NAMES.get(n, n) for n in low[4:].split('+')], ['person', 'car'], [])
    if source == 'scene15':
        return Labels([low.replace(', black and white photo', ''), 'bw style'], [], [])
    if source == 'canteen':
        return Labels([low, 'bw style'], [], [])
    if source == 'flowers102':
        return Labels([re.sub(r'[ -]flower$', '', low)], [], [])
    if source == 'animal_pose':
        return Labels(low.split(' and '), [], [])
    return Labels([low], [], [])

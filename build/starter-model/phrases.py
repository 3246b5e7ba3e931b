"""Photo phrases, filler and unknown words, English and Turkish, with the little grammar they need.

{} the word, {a} with its article, {s} plural, {l} locative; {m} a made-up word, {x} and {y} two words.
For another language write the lists again and its few lines of grammar.
"""
from __future__ import annotations

import random

EN = [('{}', 6), ('a photo of {a}', 3), ('{a}', 1.5), ('a photo of the {}', 1), ('photo of {a}', 1), ('a picture of {a}', 1),
      ('an image of {a}', .7), ('my {}', .7), ('the {}', .7), ('{} photo', .7), ('{s}', 1.5), ('photos of {s}', 1), ('pictures of {s}', .7),
      ('a close-up photo of {a}', .4), ('a photo of {}', 1), ('find {s}', .2), ('show me photos of {s}', .3), ('one {}', .2)]
TR = [('{}', 6), ('bir {}', 1.5), ('{} fotoğrafı', 2.5), ('{} fotoğrafları', 1.2), ('bir {} fotoğrafı', 1.5), ('{} resmi', 1), ('{} resimleri', .8),
      ('{} görseli', .3), ('{s}', 1.5), ('{l}', .6), ('fotoğrafta bir {}', .5), ('{} fotoğraflarım', .4), ('yakından {} fotoğrafı', .3), ('{s} fotoğrafı', .3)]
PHRASES = {'en': EN, 'tr': TR}

# filler: true or not, no photo shows it
BEFORE = {'en': 'my the nice beautiful old new big small cute funny lovely some best favourite all more great'.split(),
          'tr': 'güzel eski yeni büyük küçük tatlı komik sevimli bizim benim en bütün harika'.split()}
AFTER = {'en': ['from last summer', 'last year', 'in 2019', 'on holiday', 'from our trip', 'with my family', 'with friends', 'at home', 'in istanbul',
                'in ankara', 'in paris', 'from yesterday', 'on sunday', 'please', 'at the weekend', 'in july', 'from vacation', 'near us', 'of mine'],
         'tr': ['geçen yazdan', 'geçen yıl', '2019', 'tatilden', 'gezimizden', 'ailemle', 'arkadaşlarla', 'evde', 'istanbul', 'ankara', 'dünden', 'pazar günü',
                'lütfen', 'hafta sonu', 'temmuz', 'bizim']}
UNKNOWN = {'en': ['{a:m} on the {}', '{a:m} in the {}', '{a:m} at the {}', '{a:m} and {a}', '{a} with {a:m}', '{a} and {a:m}', '{m} {}', '{} {m}', 'the {m} near the {}',
                  '{a} next to {a:m}', 'a {m} photo of {a}', '{m} {m} {}', '{s} of {m}', '{a:m} with {a}'],
           'tr': ['{l} bir {m}', '{m} ve {}', '{} ve {m}', '{m} {}', '{} {m}', '{l} {m}', 'bir {m} ile {}', '{m} {m} {}', '{} yanında {m}', '{m} yanında {}']}
JOIN = {'en': ['{a:x} on the {y}', '{a:x} in the {y}', '{a:x} and {a:y}', '{x} and {y}', '{x} {y}', '{a:x} with {a:y}', '{a:x} near the {y}', '{a:x} at the {y}', '{s:x} and {s:y}'],
        'tr': ['{l:y} {x}', '{l:y} bir {x}', '{x} ve {y}', '{x} {y}', 'bir {x} ile {y}', '{y} yanında {x}', '{x} ile {y}']}
SYLLABLE = {'en': ('b bl br c ch cl d dr f fl g gl gr h j k kr l m n p pl qu r s sh sk sn st t th tr v w z zw'.split(), 'a e i o u oo ee ar or'.split(),
                   ['', '', 'b', 'ck', 'd', 'g', 'l', 'm', 'n', 'p', 'r', 't', 'x', 'z', 'mble', 'nk', 'rf']),
            'tr': ('b c ç d f g h k l m n p r s ş t v y z'.split(), 'a e ı i o ö u ü'.split(), ['', '', 'k', 'l', 'm', 'n', 'r', 's', 'ş', 't', 'z', 'rt', 'nk'])}


def made_up(lang: str) -> str:
    start, middle, end = SYLLABLE[lang]
    return ''.join(random.choice(start) + random.choice(middle) + random.choice(end) for _ in range(random.choice((1, 2, 2, 3))))


VOW = 'aeıioöuü'


def plural_en(w):
    head, last = w.rsplit(' ', 1) if ' ' in w else ('', w)
    irregular = {'person': 'people', 'man': 'men', 'woman': 'women', 'child': 'children', 'mouse': 'mice', 'goose': 'geese', 'sheep': 'sheep',
                 'fish': 'fish', 'deer': 'deer', 'ox': 'oxen', 'people': 'people', 'bison': 'bison', 'leaf': 'leaves', 'knife': 'knives', 'wolf': 'wolves'}
    if last in irregular:
        last = irregular[last]
    elif last.endswith(('s', 'x', 'ch', 'sh')):
        last = last if last.endswith('s') and not last.endswith('ss') else last + 'es'
    elif last.endswith('y') and len(last) > 1 and last[-2] not in 'aeiou':
        last = last[:-1] + 'ies'
    else:
        last += 's'
    return (head + ' ' + last).strip()


def article(w):
    return ('an ' if w[0] in 'aeiou' and not w.startswith(('uni', 'eu', 'one')) else 'a ') + w


def last_vowel(w):
    for c in reversed(w):
        if c in VOW:
            return c
    return 'e'


def plural_tr(w):
    if w.endswith(('lar', 'ler')):
        return w
    return w + ('lar' if last_vowel(w) in 'aıou' else 'ler')


def locative_tr(w):
    return w + ('t' if w[-1] in 'fstkçşhp' else 'd') + ('a' if last_vowel(w) in 'aıou' else 'e')


def fill(t: str, w: str, lang: str) -> str:
    if lang == 'en':
        return t.replace('{a}', article(w)).replace('{s}', plural_en(w)).replace('{}', w)
    return t.replace('{s}', plural_tr(w)).replace('{l}', locative_tr(w)).replace('{}', w)


def with_filler(text: str, lang: str) -> str:
    r = random.random()
    if r < 0.6:
        text = text + ' ' + random.choice(AFTER[lang])
    if r > 0.4:
        text = random.choice(BEFORE[lang]) + ' ' + text
    return text


def with_unknown(word: str, lang: str) -> str:
    t = random.choice(UNKNOWN[lang])
    while '{m}' in t or '{a:m}' in t:
        m = made_up(lang)
        t = t.replace('{a:m}', article(m), 1) if '{a:m}' in t else t.replace('{m}', m, 1)
    return fill(t, word, lang)


def join(x: str, y: str, lang: str) -> str:
    t = random.choice(JOIN[lang])
    plural = plural_en if lang == 'en' else plural_tr
    for slot, w in (('x', x), ('y', y)):
        t = t.replace('{a:%s}' % slot, article(w)).replace('{s:%s}' % slot, plural(w)).replace('{l:%s}' % slot, locative_tr(w)).replace('{%s}' % slot, w)
    return t


ALL = [t.translate(str.maketrans('{}', '  ')) for table in (dict(en=[t for t, _ in EN], tr=[t for t, _ in TR]), BEFORE, AFTER, UNKNOWN, JOIN) for part in table.values() for t in part]

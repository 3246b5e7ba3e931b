"""Train the starter model.

On two CPU cores, going on from an exported model (the schedule follows the clock):
  python3 train.py --data DIR --out DIR --minutes 60 --start-from MODEL_DIR
The same beside other work, for as long as it takes (the schedule follows the photos drawn):
  python3 train.py --data DIR --out DIR --draws 2400000 --start-from MODEL_DIR
From random weights, permissive sources only:
  python3 train.py --data DIR --out DIR --minutes 60 --text text-permissive --depths 1,1,2,1 --class-weight 1
On a GPU, a larger model (all pictures live on it as uint8; this form has not been run yet):
  python3 train.py --data DIR --out DIR --minutes 25 --device cuda --sizes 96,128 --widths 64,128,256,512 --depths 2,2,3,2 --batch 1024

A run that was cut off goes on from its last checkpoint when started again with the same arguments.
"""
from __future__ import annotations

import argparse
import json
import math
import os
import pickle
import random
import sys
import time
from collections import Counter
from typing import Iterator

import numpy as np
import torch
import torch.nn.functional as F

import bpe
import warm_start
from captioner import Captioner, Texts
from model import MEAN, STD, StarterClip, macs

ints = lambda s: [int(x) for x in s.split(',')]
ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument('--data', required=True)
ap.add_argument('--out', required=True)
ap.add_argument('--text', default='text', help='caption table written by prepare.py')
length = ap.add_mutually_exclusive_group(required=True)
length.add_argument('--minutes', type=float, help='length of the schedule by the clock')
length.add_argument('--draws', type=int, help='length of the schedule in photos drawn: the same on a busy machine as on a free one')
ap.add_argument('--start-from', default='', help='exported model folder')
ap.add_argument('--start-depths', type=ints, default=[1, 1, 2, 1], help='depths of that model')
ap.add_argument('--device', default='cpu')
ap.add_argument('--threads', type=int, default=2)
ap.add_argument('--sizes', type=ints, default=[48, 64], help='picture sizes, small to large')
ap.add_argument('--shares', default='0.65,0.35', help='share of the schedule at each size')
ap.add_argument('--widths', type=ints, default=[32, 96, 192, 384])
ap.add_argument('--depths', type=ints, default=[1, 1, 2, 2])
ap.add_argument('--text-layers', type=int, default=2)
ap.add_argument('--batch', type=int, default=320)
ap.add_argument('--lr', type=float, default=1.3e-3)
ap.add_argument('--text-lr', type=float, default=6e-4)
ap.add_argument('--decay', type=float, default=0.05)
ap.add_argument('--warmup', type=float, default=0.03)
ap.add_argument('--ema', type=float, default=0.998)
ap.add_argument('--class-weight', type=float, default=0.5, help='weight of the training-only class head')
ap.add_argument('--captions', type=int, default=80, help='captions per batch beyond one name per label present')
ap.add_argument('--second-language', type=float, default=0.4)
ap.add_argument('--tiny-share', type=float, default=0.5, help='share of tiny-imagenet among the photos drawn')
ap.add_argument('--crop', type=float, default=0.35, help='smallest crop, as a share of the area')
ap.add_argument('--checks', type=int, default=8, help='how often to measure on the way')
ap.add_argument('--seed', type=int, default=1)
ap.add_argument('--steps', type=int, default=0, help='stop after this many steps (smoke test)')
a = ap.parse_args()
shares = [float(x) for x in a.shares.split(',')]
os.makedirs(a.out, exist_ok=True)
if a.device == 'cpu':
    torch.set_num_threads(a.threads)
random.seed(a.seed)
torch.manual_seed(a.seed)
rng = np.random.default_rng(a.seed)
dev = torch.device(a.device)

# ---------------------------------------------------------------- photos and texts
D = pickle.load(open(f'{a.data}/{a.text}.pkl', 'rb'))
tok = bpe.Tokenizer([tuple(m) for m in D['merges']], D['vocabulary'])
captioner = Captioner(D, tok, a.second_language, a.captions)
arrays = {name: torch.from_numpy(np.load(f'{a.data}/{name}.npy')).to(dev) for name in ('tiny', 'photos')}
train = [p for p in D['photos'] if p[2] == 'train' and (p[4] or p[6])]
K = len(D['nodes'])


def draw_weights() -> np.ndarray:
    """tiny-imagenet gets its share; of the others rare labels come more often, captioned photos most"""
    seen = Counter(n for p in train if p[0] != 'tiny' for n in p[4])
    w = np.array([1.0 if p[0] == 'tiny' else 3.0 if p[6] else
                  min(2.5, max(0.3, (400 / min((seen[n] for n in p[4]), default=400)) ** 0.5)) for p in train])
    tiny = np.array([p[0] == 'tiny' for p in train])
    if tiny.any() and (~tiny).any():
        w[tiny] *= a.tiny_share / w[tiny].sum()
        w[~tiny] *= (1 - a.tiny_share) / w[~tiny].sum()
    return w / w.sum() * len(w)


def batches() -> Iterator[np.ndarray]:
    weight = draw_weights()
    while True:
        order = np.repeat(np.arange(len(train)), np.floor(weight + rng.random(len(train))).astype(int))
        rng.shuffle(order)
        for k in range(0, len(order) - a.batch + 1, a.batch):
            yield order[k:k + a.batch]


mean, std = (torch.tensor(x, device=dev).view(1, 3, 1, 1) for x in (MEAN, STD))


def pictures(batch: np.ndarray, size: int) -> torch.Tensor:
    """random crop, aspect, flip, brightness, contrast, saturation"""
    out = torch.empty(len(batch), 3, size, size, device=dev)
    draw = lambda lo, hi, n: torch.from_numpy(rng.uniform(lo, hi, n).astype(np.float32)).to(dev)
    for name, array in arrays.items():
        at = [i for i, k in enumerate(batch) if train[k][0] == name]
        if not at:
            continue
        x = array[torch.tensor([train[batch[i]][1] for i in at], device=dev)].permute(0, 3, 1, 2).float()
        n = len(at)
        if x.shape[-1] >= 2 * size:
            x = F.avg_pool2d(x, 2)
        area, aspect = draw(a.crop, 1, n), draw(-0.29, 0.29, n).exp()
        w, h = (area * aspect).sqrt().clamp(max=1), (area / aspect).sqrt().clamp(max=1)
        theta = torch.zeros(n, 2, 3, device=dev)
        theta[:, 0, 0], theta[:, 0, 2] = w * draw(-1, 1, n).sign(), draw(-1, 1, n) * (1 - w)
        theta[:, 1, 1], theta[:, 1, 2] = h, draw(-1, 1, n) * (1 - h)
        grid = F.affine_grid(theta, [n, 3, size, size], align_corners=False)
        out[torch.tensor(at, device=dev)] = F.grid_sample(x, grid, mode='bilinear', padding_mode='reflection', align_corners=False)
    x = out.div_(255)
    n = len(batch)
    grey = x.mean(1, keepdim=True)
    x = grey + (x - grey) * draw(.65, 1.35, n).view(-1, 1, 1, 1)
    middle = x.mean((1, 2, 3), keepdim=True)
    x = ((x - middle) * draw(.7, 1.3, n).view(-1, 1, 1, 1) + middle) * draw(.7, 1.3, n).view(-1, 1, 1, 1)
    return ((x.clamp_(0, 1) - mean) / std).contiguous(memory_format=torch.channels_last)


def plain_pictures(photos: list, size: int) -> torch.Tensor:
    """photos of one array, as the app would show them to the model"""
    x = torch.stack([arrays[p[0]][p[1]] for p in photos]).permute(0, 3, 1, 2).float() / 255
    if x.shape[-1] != size:
        x = F.interpolate(x, size=(size, size), mode='bicubic', align_corners=False, antialias=True).clamp(0, 1)
    return ((x - mean) / std).contiguous(memory_format=torch.channels_last)


# ---------------------------------------------------------------- model
net = StarterClip(len(D['vocabulary']), tok.eos, a.widths, a.depths, a.text_layers).to(dev)
net.image = net.image.to(memory_format=torch.channels_last)
head = torch.nn.Linear(a.widths[-1], K).to(dev)                     # helps the image tower; not exported
# own names and sentences have one temperature, broader and narrower words another (training only)
wide_scale = torch.nn.Parameter(torch.tensor(math.log(20.0), device=dev))


def encode_texts(model: StarterClip, texts: list[str]) -> torch.Tensor:
    rows = [tok.encode(t) for t in texts]
    T = max(map(len, rows))
    ids = torch.tensor([r + [tok.eos] * (T - len(r)) for r in rows], device=dev)
    mask = torch.tensor([[1] * len(r) + [0] * (T - len(r)) for r in rows], device=dev)
    return F.normalize(model.text(ids, mask).float(), dim=1)


if a.start_from:
    warm_start.load(net, a.start_from, a.start_depths, pictures(next(batches()), a.sizes[0]))
    with torch.no_grad():
        net.logit_scale.fill_(json.load(open(f'{a.start_from}/config.json'))['logit_scale_init_value'])
        names = encode_texts(net, [D['names'][k] for k in D['nodes']])
        net.eval()
        z = net.image(pictures(next(batches()), a.sizes[0]))[0]
        net.train()
        head.weight.copy_(15 / z.norm(dim=1).mean() * names @ net.image.pool.proj.weight)   # the head starts as what the names say
        head.bias.zero_()
# labels above or below one another do not compete in the class head
related = torch.zeros(K, K)
for n, (english, second) in D['own'].items():
    for s in english[:1] + second[:1]:
        related[n] += (captioner.true[s] > 0).float() + (captioner.unknown[s] > 0).float()
related = ((related + related.t()) > 0).float().to(dev)

groups = []
for part, lr in ((net.image, a.lr), (net.text, a.text_lr), (head, a.lr)):
    for decayed in (True, False):
        groups.append({'params': [p for n, p in part.named_parameters() if (p.ndim > 1 and n != 'pos') == decayed], 'base': lr, 'weight_decay': a.decay * decayed})
groups.append({'params': [net.logit_scale, wide_scale], 'base': a.text_lr, 'weight_decay': 0.0})
opt = torch.optim.AdamW(groups, lr=a.lr, betas=(0.9, 0.98), foreach=True)
ema = {k: v.clone() for k, v in net.state_dict().items()}
print(f'{len(train)} photos, {K} labels, {len(D["strings"])} strings; image tower {sum(p.numel() for p in net.image.parameters()) / 1e6:.2f} M parameters, '
      f'{macs(a.widths, a.depths, a.sizes[-1]) / 1e6:.0f} MMACs at {a.sizes[-1]} px; text tower {sum(p.numel() for p in net.text.parameters()) / 1e6:.2f} M', flush=True)


@torch.no_grad()
def update_ema(decay: float) -> None:
    state = net.state_dict()
    keys = [k for k in state if state[k].dtype == torch.float32]
    torch._foreach_mul_([ema[k] for k in keys], decay)
    torch._foreach_add_([ema[k] for k in keys], [state[k] for k in keys], alpha=1 - decay)


def class_loss(feature: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    target = labels / labels.sum(1, keepdim=True).clamp(min=1)
    has = (labels.sum(1) > 0).float()
    logits = head(feature).masked_fill(((labels @ related) > 0) & (labels == 0), -1e4)
    logp = logits.log_softmax(1).clamp(min=-30)
    return (-((0.95 * target + 0.05 / K) * logp).sum(1) * has).sum() / has.sum().clamp(min=1)


def clip_loss(zi: torch.Tensor, zt: torch.Tensor, t: Texts) -> torch.Tensor:
    """Symmetric, with many positives: each is set against the false pairs only, unknown pairs count for nothing."""
    C = zi @ zt.t()
    s1, s2 = (s.clamp(max=math.log(100)).exp() for s in (net.logit_scale, wide_scale))
    own, P = t.own.float()[None], t.true.float()
    not_false = t.true | t.unknown

    def photos_to_texts(scale: torch.Tensor, pos: torch.Tensor) -> torch.Tensor:
        S = scale * C
        loss = F.softplus(torch.logsumexp(S.masked_fill(not_false | t.text_only[None], -1e4), 1, keepdim=True) - S)
        n = pos.sum(1)
        return ((loss * pos).sum(1) / n.clamp(min=1)).sum() / (n > 0).sum().clamp(min=1)
    asked = P * (~t.text_only).float()[None]
    li = 0.65 * photos_to_texts(s1, asked * own) + 0.35 * photos_to_texts(s2, asked * (1 - own))
    S = (s1 * own + s2 * (1 - own)) * C
    loss = F.softplus(torch.logsumexp(S.masked_fill(not_false, -1e4), 0, keepdim=True) - S)
    weight = (0.5 + 0.5 * own[0]) * (P.sum(0) > 0)
    lt = ((loss * P).sum(0) / P.sum(0).clamp(min=1) * weight).sum() / weight.sum()
    return 0.5 * (li + lt)


# ---------------------------------------------------------------- measuring on the way
val = [p for p in D['photos'] if p[2] == 'val'][::5]
val_nodes = sorted({p[4][0] for p in val if p[4]})
held = [p for p in D['photos'] if p[2] == 'dev' and p[0] == 'photos' and p[4]][::2]


@torch.no_grad()
def check() -> tuple[float, float]:
    """tiny-imagenet val (2,000 photos, names only) and mAP of label names over photos held out of every other source"""
    model = StarterClip(**net.cfg).to(dev)
    model.load_state_dict(ema)
    model.eval()
    model.image = model.image.to(memory_format=torch.channels_last)
    embed = lambda ps: torch.cat([F.normalize(model.image(plain_pictures(ps[k:k + 250], a.sizes[-1]))[0].float(), dim=1) for k in range(0, len(ps), 250)])
    name = lambda n: 'a photo of a ' + D['names'][D['nodes'][n]]
    top1 = 0.0
    with torch.autocast(dev.type, dtype=torch.bfloat16):
        if val_nodes:
            found = (embed(val) @ encode_texts(model, [name(n) for n in val_nodes]).t()).argmax(1).tolist()
            top1 = float(np.mean([val_nodes[f] in p[4] for f, p in zip(found, val)]))
        z = embed(held)
    have = Counter(n for p in held for n in p[4])
    nodes = [n for n, c in have.items() if c >= 4]
    scores = z @ encode_texts(model, [name(n) for n in nodes]).t()
    aps = []
    for k, n in enumerate(nodes):
        sure = torch.tensor([n in p[4] for p in held])
        out = torch.tensor([n not in p[4] and bool(related[n, p[4]].sum() > 0 or n in p[5]) for p in held])
        hit = sure[scores[:, k].masked_fill(out, -9).argsort(descending=True)].float()
        aps.append(((hit.cumsum(0) / torch.arange(1, len(hit) + 1)) * hit).sum().item() / hit.sum().item())
    return top1, float(np.mean(aps))


# ---------------------------------------------------------------- loop
start, step, seen, prior = time.time(), 0, 0, 0.0
last = f'{a.out}/last.pt'
if os.path.exists(last):
    c = torch.load(last, map_location=dev)
    net.load_state_dict(c['model']); head.load_state_dict(c['head']); opt.load_state_dict(c['opt'])
    wide_scale.data.copy_(c['wide_scale'])
    ema, step, seen, prior = c['ema'], c['step'], c['seen'], c['elapsed']
    random.seed(a.seed + step)                                      # not the photos of its beginning once more
    rng = np.random.default_rng([a.seed, step])
log = open(f'{a.out}/log.tsv', 'a')


def save(name: str) -> None:
    torch.save({'model': net.state_dict(), 'ema': ema, 'head': head.state_dict(), 'opt': opt.state_dict(), 'wide_scale': wide_scale.data, 'cfg': net.cfg,
                'args': vars(a), 'step': step, 'seen': seen, 'elapsed': prior + time.time() - start}, f'{a.out}/{name}.tmp')
    os.replace(f'{a.out}/{name}.tmp', f'{a.out}/{name}')


def note_check() -> None:
    top1, ap_ = check()
    line = f'#check\t{step}\t{seen}\t{prior + time.time() - start:.0f}\t{top1:.4f}\t{ap_:.4f}'
    log.write(line + '\n')
    log.flush()
    print(line, flush=True)


def schedule() -> float:
    """share of the schedule that is behind us, 0 to 1"""
    return seen / a.draws if a.draws else (prior + time.time() - start) / (a.minutes * 60)


net.train()
if not step:
    note_check()
sums, n_log, checked, saved, logged = np.zeros(2), 0, int(a.checks * schedule()), time.time(), time.time()
for batch in batches():
    done = schedule()
    if done >= 1 or a.steps and step >= a.steps:
        break
    rate = min(1, done / a.warmup) * (0.5 * (1 + math.cos(math.pi * max(0, done - a.warmup) / (1 - a.warmup))) * 0.99 + 0.01)
    for g in opt.param_groups:
        g['lr'] = g['base'] * max(rate, 1e-3)
    size = a.sizes[min(len(a.sizes) - 1, int(np.searchsorted(np.cumsum(shares)[:-1], done, side='right')))]
    x = pictures(batch, size)
    t = captioner([train[k][4] for k in batch], [train[k][5] for k in batch], [train[k][6] for k in batch])
    t = Texts([(i.to(dev), m.to(dev)) for i, m in t.groups], *(y.to(dev) for y in (t.true, t.unknown, t.own, t.text_only, t.labels)))
    with torch.autocast(dev.type, dtype=torch.bfloat16):
        zi, feature = net.image(x)
        zt = torch.cat([net.text(i, m) for i, m in t.groups])
    loss = clip_loss(F.normalize(zi.float(), dim=1), F.normalize(zt.float(), dim=1), t)
    lc = class_loss(feature.float(), t.labels)
    opt.zero_grad(set_to_none=True)
    (loss + a.class_weight * lc).backward()
    torch.nn.utils.clip_grad_norm_([p for g in groups for p in g['params']], 2.0)
    opt.step()
    step, seen = step + 1, seen + len(batch)
    if step % 4 == 0:
        update_ema(min(a.ema, (1 + step) / (10 + step)) ** 4)
    sums += loss.item(), lc.item()
    n_log += 1
    if not np.isfinite(sums).all():
        sys.exit('the loss is not finite')
    now = time.time()
    if now - logged > 20 or a.steps:
        print(f'step {step} {done:.3f} loss {sums[0] / n_log:.3f} class {sums[1] / n_log:.3f} scale {net.logit_scale.exp().item():.1f}/{wide_scale.exp().item():.1f} '
              f'size {size} texts {len(zt)} {n_log * a.batch / (now - logged):.0f} photos/s', flush=True)
        log.write(f'{step}\t{seen}\t{prior + now - start:.0f}\t{sums[0] / n_log:.4f}\t{size}\n')
        log.flush()
        sums, n_log, logged = np.zeros(2), 0, now
    if int(a.checks * done) > checked:
        checked = int(a.checks * done)
        note_check()
        logged = time.time()
    if now - saved > 240:
        save('last.pt')
        saved = time.time()
save('final.pt')
note_check()

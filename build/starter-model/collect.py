"""Gather the photos of every source, shrink them and pack them into shards.

  python3 collect.py --mirror DIR --out DIR [--exclude DIR ...] [--only name,name]

--mirror   a folder of git clones named owner+name (bare or not; a clone may also sit in owner+name/repo)
--exclude  folders of photos that must never be trained on: anything equal to one of them, or nearly so, is left out
Out: photos-NNN.bin (JPEG files back to back, at most 48 MB each) and index.tsv
(source, split, label, shard, offset, length). Rerunnable, no randomness: splits come from a hash of the path.
"""
from __future__ import annotations

import argparse
import hashlib
import io
import os
import subprocess
import time
from collections import Counter
from multiprocessing import Pool
from typing import Iterator, Optional

import numpy as np
from PIL import Image, ImageOps

from sources import PER_LABEL, RULES, Source, read_table

SHARD_BYTES = 48_000_000
SAME = 0.97                     # cosine of two 16x16 grey signatures at which two photos count as one
Image.MAX_IMAGE_PIXELS = 80_000_000


class Repository:
    def __init__(self, mirror: str, name: str):
        top = os.path.join(mirror, name.replace('/', '+'))
        self.git = next(d for d in (top + '/repo/.git', top + '/repo', top + '/.git', top) if os.path.exists(d + '/HEAD'))

    def show(self, path: str) -> bytes:
        return subprocess.run(['git', '-C', self.git, 'show', 'HEAD:' + path], capture_output=True, check=True).stdout

    def files(self) -> Iterator[tuple[str, str]]:
        out = subprocess.run(['git', '-C', self.git, 'ls-tree', '-r', '-z', 'HEAD'], capture_output=True, check=True).stdout
        for entry in out.split(b'\0'):
            if entry:
                meta, path = entry.split(b'\t', 1)
                if meta.split()[1] == b'blob':
                    yield meta.split()[2].decode(), path.decode('utf8', 'replace')

    def blobs(self, ids: list[str]) -> Iterator[Optional[bytes]]:
        p = subprocess.Popen(['git', '-C', self.git, 'cat-file', '--batch'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for i in ids:
            p.stdin.write(i.encode() + b'\n')
            p.stdin.flush()
            head = p.stdout.readline().split()
            if len(head) < 3:
                yield None
                continue
            yield p.stdout.read(int(head[2]))
            p.stdout.read(1)
        p.stdin.close()
        p.wait()


def open_photo(data: bytes, size: int) -> Image.Image:
    im = Image.open(io.BytesIO(data))
    if im.format == 'JPEG':
        im.draft('RGB', (2 * size, 2 * size))
    im = ImageOps.exif_transpose(im)
    if im.mode in ('RGBA', 'LA', 'P'):
        im = im.convert('RGBA')
        white = Image.new('RGB', im.size, (255, 255, 255))
        white.paste(im, mask=im.split()[3])
        im = white
    return im.convert('RGB')


def signature(im: Image.Image) -> np.ndarray:
    """16x16 grey thumbnail of the whole picture as a unit vector, for finding near-copies"""
    x = np.asarray(im.resize((64, 64), Image.BILINEAR).convert('L').resize((16, 16), Image.BOX), np.float32).ravel()
    x = x - x.mean()
    return x / max(np.linalg.norm(x), 1e-6)


def shrink(job: tuple[bytes, int, bool]) -> Optional[tuple[bytes, np.ndarray]]:
    data, size, keep = job
    try:
        im = open_photo(data, size)
        w, h = im.size
        if min(w, h) < 40 or max(w, h) > 4 * min(w, h):
            return None
        sig = signature(im)
        if keep:
            return data, sig
        k = size / min(w, h)
        if k < 1:
            im = im.resize((max(size, round(w * k)), max(size, round(h * k))), Image.BICUBIC)
        w, h = im.size
        side = round(1.34 * min(w, h))              # very long pictures lose their ends
        if max(w, h) > side:
            x, y = max(0, (w - side) // 2), max(0, (h - side) // 2)
            im = im.crop((x, y, min(w, x + side), min(h, y + side)))
        out = io.BytesIO()
        im.save(out, 'JPEG', quality=88)
        return out.getvalue(), sig
    except Exception:
        return None


class Excluded:
    """photos that must not be trained on, by exact bytes and by signature (also mirrored)"""
    def __init__(self, folders: list[str]):
        self.blobs, sigs = set(), []
        for top in folders:
            for d, _, names in os.walk(top):
                for n in names:
                    try:
                        data = open(os.path.join(d, n), 'rb').read()
                        self.blobs.add(hashlib.sha1(b'blob %d\0' % len(data) + data).hexdigest())
                        im = open_photo(data, 128)
                        sigs += [signature(im), signature(ImageOps.mirror(im))]
                    except Exception:
                        pass
        self.sigs = np.stack(sigs) if sigs else np.zeros((1, 256), np.float32)

    def near(self, sigs: np.ndarray) -> np.ndarray:
        return (sigs @ self.sigs.T).max(1) > SAME


class Shards:
    def __init__(self, out: str):
        self.out, self.n, self.file, self.size = out, -1, None, 0
        self.index = open(f'{out}/index.tsv', 'w', encoding='utf8')

    def add(self, source: str, split: str, label: str, data: bytes) -> None:
        if self.file is None or self.size + len(data) > SHARD_BYTES:
            self.n += 1
            self.file, self.size = open(f'{self.out}/photos-{self.n:03d}.bin', 'wb'), 0
        self.index.write(f'{source}\t{split}\t{label}\t{self.n}\t{self.size}\t{len(data)}\n')
        self.file.write(data)
        self.size += len(data)


def gather(source: Source, repo: Repository, size: int, excluded: Excluded, seen: set[str], shards: Shards, pool) -> Counter:
    rule, wanted, per_label, count = RULES[source.name](repo.show), [], Counter(), Counter()
    tiny = source.name == 'tiny_imagenet'
    for blob, path in sorted(repo.files(), key=lambda x: hashlib.sha1(x[1].encode()).digest()):
        val = tiny and '/val/' in path
        label = rule(path)
        if not label:
            continue
        per_label[label] += not val
        if per_label[label] > PER_LABEL.get(source.name, 1 << 30):
            continue
        if blob in excluded.blobs:
            count['excluded'] += 1
        elif blob in seen and not val:
            count['repeated'] += 1
        else:
            seen.add(blob)
            h = int(hashlib.sha1(path.encode()).hexdigest()[:8], 16)
            split = 'val' if val else 'dev' if h % 40 == 0 else 'train'
            wanted.append((blob, split, label))
    jobs = ((data or b'', size, tiny) for data in repo.blobs([w[0] for w in wanted]))
    batch: list = []

    def flush() -> None:
        near = excluded.near(np.stack([r[1] for _, r in batch]))
        for ((_, split, label), (data, _)), bad in zip(batch, near):
            if bad and split != 'val':
                count['excluded'] += 1
            else:
                shards.add(source.name, split, label, data)
                count[split] += 1
        batch.clear()

    for w, r in zip(wanted, pool.imap(shrink, jobs, chunksize=16)):
        if r is None:
            count['unreadable'] += 1
            continue
        batch.append((w, r))
        if len(batch) == 2000:
            flush()
    if batch:
        flush()
    return count


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--mirror', required=True)
    ap.add_argument('--out', required=True)
    ap.add_argument('--exclude', nargs='*', default=[])
    ap.add_argument('--only', default='')
    ap.add_argument('--size', type=int, default=112, help='shorter side of the packed photos')
    ap.add_argument('--workers', type=int, default=2)
    a = ap.parse_args()
    os.makedirs(a.out, exist_ok=True)
    excluded, shards, seen = Excluded(a.exclude), Shards(a.out), set()
    print(len(excluded.blobs), 'files to keep out', flush=True)
    with Pool(a.workers) as pool:
        for s in read_table():
            if a.only and s.name not in a.only.split(','):
                continue
            t = time.time()
            n = gather(s, Repository(a.mirror, s.repository), a.size, excluded, seen, shards, pool)
            shards.index.flush()
            print(f'{s.name:15s} {dict(n)} {time.time() - t:.0f} s', flush=True)
    shards.index.close()
    if shards.file:
        shards.file.close()


if __name__ == '__main__':
    main()

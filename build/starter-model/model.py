"""The two towers: a small ResNet with attention pooling, and a causal transformer."""
from __future__ import annotations

import math
from typing import Sequence

import torch
import torch.nn as nn
import torch.nn.functional as F

MEAN, STD = (0.481, 0.457, 0.408), (0.269, 0.261, 0.276)


class Block(nn.Module):
    """basic block; strided blocks use an average-pooled shortcut (anti-aliased)"""
    def __init__(self, ci: int, co: int, stride: int = 1):
        super().__init__()
        self.c1 = nn.Conv2d(ci, co, 3, stride, 1, bias=False)
        self.b1 = nn.BatchNorm2d(co)
        self.c2 = nn.Conv2d(co, co, 3, 1, 1, bias=False)
        self.b2 = nn.BatchNorm2d(co)
        nn.init.zeros_(self.b2.weight)                      # starts as the identity
        self.down = None
        if stride != 1 or ci != co:
            self.down = nn.Sequential(nn.AvgPool2d(2, ceil_mode=True) if stride == 2 else nn.Identity(), nn.Conv2d(ci, co, 1, bias=False), nn.BatchNorm2d(co))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = F.relu(self.b1(self.c1(x)), inplace=True)
        y = self.b2(self.c2(y))
        return F.relu(y + (x if self.down is None else self.down(x)), inplace=True)


class AttentionPool(nn.Module):
    """one query (the mean feature) attends over the map; no position table, so any input size works"""
    def __init__(self, width: int, out: int, heads: int):
        super().__init__()
        self.h = heads
        self.q, self.k, self.v = nn.Linear(width, width // 2), nn.Linear(width, width // 2), nn.Linear(width, width)
        self.proj = nn.Linear(width, out, bias=False)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        B, C = x.shape[:2]
        t = x.flatten(2).transpose(1, 2)
        mean = t.mean(1, keepdim=True)
        q = self.q(mean).view(B, 1, self.h, C // 2 // self.h).transpose(1, 2)
        k = self.k(t).view(B, -1, self.h, C // 2 // self.h).transpose(1, 2)
        v = self.v(t).view(B, -1, self.h, C // self.h).transpose(1, 2)
        w = ((q @ k.transpose(2, 3)) * (C // 2 // self.h) ** -0.5).softmax(-1)
        f = (w @ v).transpose(1, 2).reshape(B, C) + mean.squeeze(1)
        return self.proj(f), f


class ImageTower(nn.Module):
    def __init__(self, widths: Sequence[int], depths: Sequence[int], out: int):
        super().__init__()
        c = widths[0]
        self.stem = nn.Sequential(nn.Conv2d(3, c, 3, 2, 1, bias=False), nn.BatchNorm2d(c), nn.ReLU(inplace=True))
        stages = []
        for i, (w, d) in enumerate(zip(widths, depths)):
            stages.append(nn.Sequential(*(Block(c if j == 0 else w, w, 2 if i > 0 and j == 0 else 1) for j in range(d))))
            c = w
        self.stages = nn.Sequential(*stages)
        self.pool = AttentionPool(c, out, 8)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode='fan_out', nonlinearity='relu')

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """-> embedding, and the feature before its projection (for the training-only class head)"""
        return self.pool(self.stages(self.stem(x)))


class TextBlock(nn.Module):
    def __init__(self, d: int, heads: int):
        super().__init__()
        self.h = heads
        self.n1, self.n2 = nn.LayerNorm(d), nn.LayerNorm(d)
        self.qkv, self.o = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.f1, self.f2 = nn.Linear(d, 4 * d), nn.Linear(4 * d, d)
        for layer in (self.o, self.f2):
            nn.init.normal_(layer.weight, std=0.01)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        B, T, D = x.shape
        q, k, v = self.qkv(self.n1(x)).view(B, T, 3, self.h, D // self.h).permute(2, 0, 3, 1, 4).unbind(0)
        a = (q @ k.transpose(2, 3)) * (D // self.h) ** -0.5 + mask
        x = x + self.o((a.softmax(-1) @ v).transpose(1, 2).reshape(B, T, D))
        return x + self.f2(F.relu(self.f1(self.n2(x))))


class TextTower(nn.Module):
    def __init__(self, vocab: int, width: int, layers: int, ctx: int, out: int, eos: int):
        super().__init__()
        self.eos, self.ctx = eos, ctx
        self.tok = nn.Embedding(vocab, width)
        self.pos = nn.Parameter(torch.randn(ctx, width) * 0.01)
        nn.init.normal_(self.tok.weight, std=0.02)
        self.blocks = nn.ModuleList([TextBlock(width, max(1, width // 64)) for _ in range(layers)])
        self.norm = nn.LayerNorm(width)
        self.proj = nn.Linear(width, out, bias=False)
        nn.init.normal_(self.proj.weight, std=width ** -0.5)

    def forward(self, ids: torch.Tensor, attn: torch.Tensor) -> torch.Tensor:
        B, T = ids.shape
        x = self.tok(ids) + self.pos[:T]
        r = torch.arange(T, device=ids.device)
        seen = (r[None, :] <= r[:, None])[None, None] & (attn > 0)[:, None, None, :]
        seen = seen | (r[None, :] == r[:, None])[None, None]        # padding rows still see themselves
        mask = (~seen).to(x.dtype) * -1e4
        for block in self.blocks:
            x = block(x, mask)
        end = (ids == self.eos).to(torch.int32).argmax(1)           # the first end token
        return self.proj(self.norm(x[torch.arange(B, device=ids.device), end]))


class StarterClip(nn.Module):
    def __init__(self, vocab: int, eos: int, widths: Sequence[int] = (32, 96, 192, 384), depths: Sequence[int] = (1, 1, 2, 1),
                 text_layers: int = 2, text_width: int = 256, dim: int = 256, ctx: int = 32):
        super().__init__()
        self.cfg = dict(vocab=vocab, eos=eos, widths=list(widths), depths=list(depths), text_layers=text_layers,
                        text_width=text_width, dim=dim, ctx=ctx)
        self.image = ImageTower(widths, depths, dim)
        self.text = TextTower(vocab, text_width, text_layers, ctx, dim, eos)
        self.logit_scale = nn.Parameter(torch.tensor(math.log(1 / 0.07)))


def macs(widths: Sequence[int], depths: Sequence[int], size: int) -> int:
    """multiply-adds of the convolutions for one picture"""
    h, c, n = size // 2, widths[0], 27 * widths[0] * (size // 2) ** 2
    for i, (w, d) in enumerate(zip(widths, depths)):
        for j in range(d):
            if i > 0 and j == 0:
                h //= 2
            n += h * h * 9 * w * (c + w) + (h * h * c * w if c != w else 0)
            c = w
    return n

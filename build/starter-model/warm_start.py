"""Continue from an exported model folder: read its ONNX weights back into the towers.

The export folded every batch norm into its convolution. Here each norm is set from one batch of
photos so that the network computes the same as before; blocks that the old model lacked start as
the identity. So a deeper network can go on from a shallower one.
"""
from __future__ import annotations

import os

import onnx
import torch
import torch.nn as nn
from onnx import numpy_helper

from model import StarterClip


def weights_in_order(path: str) -> list[tuple[str, list[torch.Tensor]]]:
    """(operator, its constant inputs) for every node that has some"""
    graph = onnx.load(path).graph
    const = {i.name: torch.tensor(numpy_helper.to_array(i).copy()).float() for i in graph.initializer}
    for n in graph.node:
        if n.op_type == 'Cast' and n.input[0] in const:
            const[n.output[0]] = const[n.input[0]]
    return [(n.op_type, [const[x] for x in n.input if x in const]) for n in graph.node if n.op_type != 'Cast' and any(x in const for x in n.input)]


@torch.no_grad()
def load(net: StarterClip, folder: str, old_depths: list[int], photos: torch.Tensor) -> None:
    vision = weights_in_order(os.path.join(folder, 'onnx/vision_model.onnx'))
    convs = [w for op, w in vision if op == 'Conv']
    pairs: list[tuple[nn.Conv2d, nn.BatchNorm2d]] = [(net.image.stem[0], net.image.stem[1])]
    for stage, depth in zip(net.image.stages, old_depths):
        for block in list(stage)[:depth]:
            pairs += [(block.c1, block.b1), (block.c2, block.b2)] + ([(block.down[1], block.down[2])] if block.down else [])
    assert len(pairs) == len(convs), (len(pairs), len(convs))
    hooks = []
    for (conv, norm), (weight, bias) in zip(pairs, convs):
        assert conv.weight.shape == weight.shape, (conv.weight.shape, weight.shape)
        scale = float(conv.weight.std() / weight.std())         # keep the step size meant for fresh weights
        conv.weight.copy_(weight * scale)

        def set_norm(module: nn.BatchNorm2d, inputs: tuple, scale: float = scale, bias: torch.Tensor = bias) -> None:
            x = inputs[0].float()
            mean, var = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
            module.running_mean.copy_(mean)
            module.running_var.copy_(var)
            module.weight.copy_((var + module.eps).sqrt() / scale)
            module.bias.copy_(mean / scale + bias)
        hooks.append(norm.register_forward_pre_hook(set_norm))

    biases = [w[0] for op, w in vision if op == 'Add' and w[0].ndim == 1]
    mats = [w[0] for op, w in vision if op == 'MatMul']
    pool = net.image.pool
    by_shape = {tuple(m.shape): m for m in mats}
    qk = [m for m in mats if tuple(m.shape) == (pool.q.in_features, pool.q.out_features)]
    qk_bias = [b for b in biases if b.numel() == pool.q.out_features]
    for layer, m, b in ((pool.q, qk[0], qk_bias[0]), (pool.k, qk[1], qk_bias[1])):
        layer.weight.copy_(m.t())
        layer.bias.copy_(b)
    pool.v.weight.copy_(by_shape[pool.v.in_features, pool.v.out_features].t())
    pool.v.bias.copy_(next(b for b in biases if b.numel() == pool.v.out_features))
    pool.proj.weight.copy_(by_shape[pool.proj.in_features, pool.proj.out_features].t())

    text = onnx.load(os.path.join(folder, 'onnx/text_model.onnx')).graph
    const = {i.name.removesuffix('_h').removeprefix('t.'): torch.tensor(numpy_helper.to_array(i).copy()).float() for i in text.initializer}
    state = net.text.state_dict()
    for name in state:
        if name in const:
            state[name].copy_(const[name])
    mats = [m for n, m in const.items() if 'MatMul' in n and m.ndim == 2]
    names = [f'blocks.{i}.{x}.weight' for i in range(len(net.text.blocks)) for x in ('qkv', 'o', 'f1', 'f2')] + ['proj.weight']
    assert len(mats) == len(names), (len(mats), len(names))
    for name, m in zip(names, mats):
        state[name].copy_(m.t())

    net.eval()
    net.image(photos)                                           # sets the norms, first to last
    for h in hooks:
        h.remove()
    net.train()

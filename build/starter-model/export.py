"""Write the model folder from a checkpoint (averaged weights).

  python3 export.py --data DIR --checkpoint FILE --out DIR [--text text] [--size 80] [--photos DIR --names a.jpg,b.jpg]

Weights are stored as float16 and widened by Cast nodes that the runtime folds once at load; computing stays float32.
--photos and --names choose pictures whose embeddings go into reference.json for parity tests.
"""
from __future__ import annotations

import argparse
import json
import os
import pickle

import numpy as np
import onnx

os.environ['ORT_DISABLE_TELEMETRY'] = '1'  # it tells its makers what it is used for otherwise
import onnxruntime
import torch
import torch.nn as nn
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper
from PIL import Image, ImageOps

import bpe
from model import MEAN, STD, StarterClip
from prepare import centre_square

TEXTS = ['a dog', 'a cat', 'a horse', 'a cow', 'sheep', 'pizza', 'ice cream', 'a mountain', 'a forest', 'the sea', 'sunrise', 'cloudy sky', 'rain',
         'a street in a city', 'buildings', 'kitchen', 'köpek', 'KÖPEK fotoğrafı', 'Işıl ışıl İstanbul sahili', "a dog's photo, 2019!", 'a zorble on the beach']


class Vision(nn.Module):
    def __init__(self, tower: nn.Module):
        super().__init__()
        self.t = tower

    def forward(self, pixel_values: torch.Tensor) -> torch.Tensor:
        return F.normalize(self.t(pixel_values)[0], dim=-1)


class Text(nn.Module):
    def __init__(self, tower: nn.Module):
        super().__init__()
        self.t = tower

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return F.normalize(self.t(input_ids, attention_mask), dim=-1)


def store_as_half(path: str) -> None:
    g = onnx.load(path)
    inits, casts = [], []
    for t in g.graph.initializer:
        if t.data_type == TensorProto.FLOAT and np.prod(t.dims) >= 512:
            inits.append(numpy_helper.from_array(numpy_helper.to_array(t).astype(np.float16), t.name + '_h'))
            casts.append(helper.make_node('Cast', [t.name + '_h'], [t.name], to=TensorProto.FLOAT))
        else:
            inits.append(t)
    nodes = casts + list(g.graph.node)
    del g.graph.initializer[:], g.graph.node[:]
    g.graph.initializer.extend(inits)
    g.graph.node.extend(nodes)
    onnx.checker.check_model(g)
    onnx.save(g, path)


def pixels(im: Image.Image, size: int) -> np.ndarray:
    x = np.asarray(centre_square(im, size), np.float32) / 255
    return ((x - np.float32(MEAN)) / np.float32(STD)).transpose(2, 0, 1)


def test_pattern() -> Image.Image:
    y, x = np.mgrid[0:97, 0:131]
    return Image.fromarray(np.stack([(7 * x + 3 * y) % 256, (x * x // 9 + 5 * y) % 256, (2 * x + y * y // 7) % 256], -1).astype(np.uint8))


def reference(out: str, tok: bpe.Tokenizer, size: int, photos: str, names: list[str]) -> dict:
    """what any implementation of this folder should compute"""
    vision, text = (onnxruntime.InferenceSession(f'{out}/onnx/{n}_model.onnx', providers=['CPUExecutionProvider']) for n in ('vision', 'text'))
    embed = lambda s, **x: [round(float(v), 6) for v in s.run(None, x)[0][0]]
    texts = {}
    for q in TEXTS:
        ids = np.array([tok.encode(q)], np.int64)
        texts[q] = {'ids': ids[0].tolist(), 'embedding': embed(text, input_ids=ids, attention_mask=np.ones_like(ids))}
    pictures = {n: embed(vision, pixel_values=pixels(ImageOps.exif_transpose(Image.open(f'{photos}/{n}')).convert('RGB'), size)[None]) for n in names}
    square = np.asarray(centre_square(test_pattern(), size))
    return {'about': 'Reference values of this model: Pillow bicubic preprocessing, float32 onnxruntime, unit vectors. cosine with an implementation should be '
                     '>= 0.999 (photos: >= 0.995 with another resampler).', 'texts': texts, 'photos': pictures,
            'resize': {'input': '131 x 97 RGB, r=(7x+3y)%256, g=(floor(x*x/9)+5y)%256, b=(2x+floor(y*y/7))%256',
                       'method': f'Pillow bicubic, shortest edge {size}, centre crop {size}', 'row0': square[0].ravel().tolist(), 'row40': square[40].ravel().tolist(),
                       'mean': [round(float(v), 4) for v in square.reshape(-1, 3).mean(0)]}}


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--data', required=True)
    ap.add_argument('--checkpoint', required=True)
    ap.add_argument('--out', required=True)
    ap.add_argument('--text', default='text')
    ap.add_argument('--size', type=int, default=80, help='input size; a little larger than in training works best')
    ap.add_argument('--photos', default='')
    ap.add_argument('--names', default='')
    a = ap.parse_args()
    os.makedirs(f'{a.out}/onnx', exist_ok=True)
    torch.set_num_threads(1)
    c = torch.load(a.checkpoint, map_location='cpu')
    D = pickle.load(open(f'{a.data}/{a.text}.pkl', 'rb'))
    tok = bpe.Tokenizer([tuple(m) for m in D['merges']], D['vocabulary'])
    net = StarterClip(**c['cfg'])
    net.load_state_dict(c['ema'])
    net.eval()

    vision, text = f'{a.out}/onnx/vision_model.onnx', f'{a.out}/onnx/text_model.onnx'
    torch.onnx.export(Vision(net.image).eval(), torch.randn(2, 3, a.size, a.size), vision, input_names=['pixel_values'], output_names=['image_embeds'],
                      dynamic_axes={'pixel_values': {0: 'batch'}, 'image_embeds': {0: 'batch'}}, opset_version=14)
    ids = torch.tensor([tok.encode('a photo of a dog'), tok.encode('a photo of a cat')])
    torch.onnx.export(Text(net.text).eval(), (ids, torch.ones_like(ids)), text, input_names=['input_ids', 'attention_mask'], output_names=['text_embeds'],
                      dynamic_axes={'input_ids': {0: 'batch', 1: 'sequence'}, 'attention_mask': {0: 'batch', 1: 'sequence'}, 'text_embeds': {0: 'batch'}}, opset_version=14)
    store_as_half(vision)
    store_as_half(text)

    cfg, dim = c['cfg'], c['cfg']['dim']

    def dump(name: str, value: object, indent: int | None = 2) -> None:
        with open(f'{a.out}/{name}', 'w', encoding='utf8') as f:
            json.dump(value, f, ensure_ascii=False, indent=indent)
            f.write('\n')
    special = {'bos_token': bpe.BOS, 'eos_token': bpe.EOS, 'unk_token': bpe.EOS, 'pad_token': bpe.EOS}
    dump('tokenizer.json', bpe.hf_json(D['merges'], D['vocabulary']), None)
    dump('tokenizer_config.json', {'tokenizer_class': 'CLIPTokenizer', 'model_max_length': cfg['ctx'], 'do_lower_case': True, **special,
                                   'add_prefix_space': False, 'clean_up_tokenization_spaces': True})
    dump('special_tokens_map.json', special)
    dump('config.json', {
        'model_type': 'clip', 'architectures': ['CLIPModel'], 'projection_dim': dim, 'logit_scale_init_value': float(c['ema']['logit_scale']),
        'text_config': {'model_type': 'clip_text_model', 'vocab_size': cfg['vocab'], 'hidden_size': cfg['text_width'], 'intermediate_size': 4 * cfg['text_width'],
                        'num_hidden_layers': cfg['text_layers'], 'num_attention_heads': cfg['text_width'] // 64, 'max_position_embeddings': cfg['ctx'],
                        'hidden_act': 'relu', 'bos_token_id': tok.bos, 'eos_token_id': tok.eos, 'pad_token_id': tok.eos, 'projection_dim': dim},
        'vision_config': {'model_type': 'clip_vision_model', 'image_size': a.size, 'num_channels': 3, 'projection_dim': dim, 'widths': cfg['widths'], 'depths': cfg['depths']},
        'starter_model': {'languages': ['en', 'tr'], 'embeds_are_normalised': True, 'steps': c['step'], 'images_seen': c['seen']}})
    dump('preprocessor_config.json', {
        'feature_extractor_type': 'CLIPFeatureExtractor', 'image_processor_type': 'CLIPImageProcessor', 'do_convert_rgb': True, 'do_resize': True, 'resample': 3,
        'size': {'shortest_edge': a.size}, 'do_center_crop': True, 'crop_size': {'height': a.size, 'width': a.size}, 'do_rescale': True, 'rescale_factor': 1 / 255,
        'do_normalize': True, 'image_mean': list(MEAN), 'image_std': list(STD)})
    dump('known_words.json', D['known'])
    dump('reference.json', reference(a.out, tok, a.size, a.photos, [n for n in a.names.split(',') if n]), None)
    total = sum(os.path.getsize(os.path.join(d, f)) for d, _, fs in os.walk(a.out) for f in fs)
    print(f'{a.out}: {total / 1e6:.1f} MB, step {c["step"]}, {c["seen"] / 1e6:.2f} M photos seen')


if __name__ == '__main__':
    main()

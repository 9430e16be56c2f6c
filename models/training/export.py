#!/usr/bin/env python3
"""Write a train.py checkpoint as a whisper.cpp ggml file.   export.py run/final.pt --vocab VOCAB.bin --out ggml-demo-fr.bin [--f32]"""
import os
import struct
import sys
import argparse
import torch
import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from common import *

ap = argparse.ArgumentParser()
ap.add_argument("ckpt")
ap.add_argument("--vocab", required=True)
ap.add_argument("--out", required=True)
ap.add_argument("--f32", action="store_true")
a = ap.parse_args()
ck = torch.load(a.ckpt, map_location="cpu")
c = ck["c"]
sd = ck["sd"]
d = c["d"]
_, _, toks = read_header(a.vocab)
m = Whisper(c)
used = set(ck["used"]) | set(range(256))
toks = [t if i in used else b"" for i, t in enumerate(toks)]  # unused entries stay empty: they never win


def mel_filters(rate=16000, n_fft=400, bands=80):
    """[bands, n_fft/2+1] float32, Slaney's scale: linear below 1 kHz (200/3 Hz a mel), logarithmic above (27 steps for a factor 6.4), area-normalised."""
    mel = lambda hz: np.where(
        hz < 1000, hz * 3 / 200, 15 + np.log(np.maximum(hz, 1e-9) / 1000) * 27 / np.log(6.4)
    )
    hz = lambda m: np.where(m < 15, m * 200 / 3, 1000 * np.exp((m - 15) * np.log(6.4) / 27))
    e = hz(np.linspace(mel(np.float64(0)), mel(np.float64(rate / 2)), bands + 2))
    b = np.linspace(0, rate / 2, n_fft // 2 + 1)
    up = (b[None] - e[:-2, None]) / (e[1:-1] - e[:-2])[:, None]
    down = (e[2:, None] - b[None]) / (e[2:] - e[1:-1])[:, None]
    return (np.maximum(0, np.minimum(up, down)) * (2 / (e[2:] - e[:-2]))[:, None]).astype(np.float32)


filt = mel_filters()
m = Whisper(c)
m.load_state_dict(sd)
with torch.no_grad():
    E = m.decoder.table().float().numpy()
U = c["U"]
full = np.repeat(E[U : U + 1], N_VOCAB, 0)
for i, t in enumerate(ck["used"]):
    full[t] = E[i]
full[50364 : 50364 + 1501] = E[U + 1 :]
T = {}
for k, v in sd.items():
    if (
        k.startswith("phone.")
        or k in ("decoder.emb", "decoder.mask", "decoder.sin")
        or k.startswith("decoder.ts.")
    ):
        continue
    T[k] = v.float().numpy()
T["decoder.token_embedding.weight"] = full
# whisper.cpp takes 2 decoder layers for an early distilled model and forbids timestamps: add an identity layer (zero output projections)
nd = c["dec"]
if nd == 2:
    for k in [k for k in T if k.startswith("decoder.blocks.1.")]:
        T[k.replace("blocks.1.", "blocks.2.")] = (
            np.zeros_like(T[k]) if (".out." in k or ".mlp.2." in k) else T[k]
        )
    nd = 3
f = open(a.out, "wb")
w = lambda *x: f.write(struct.pack("i" * len(x), *x))
w(0x67676D6C, N_VOCAB, 1500, d, c["heads"], c["enc"], 448, d, c["heads"], nd, 80, 0 if a.f32 else 1)
w(*filt.shape)
f.write(filt.astype(np.float32).tobytes())
w(len(toks))
for t in toks:
    w(len(t))
    f.write(t)
for k, v in T.items():
    if k in ("encoder.conv1.bias", "encoder.conv2.bias"):
        v = v.reshape(-1, 1)
    half = not a.f32 and v.ndim >= 2 and not k.endswith(("conv1.bias", "conv2.bias", "positional_embedding"))
    v = np.ascontiguousarray(v, np.float16 if half else np.float32)
    n = k.encode()
    w(v.ndim, len(n), int(half))
    w(*v.shape[::-1])
    f.write(n)
    f.write(v.tobytes())
f.close()
print(a.out, os.path.getsize(a.out) / 1e6, "MB, step", ck["step"])

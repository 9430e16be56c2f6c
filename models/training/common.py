"""Shared by train.py, export.py and evaluate.py: vocabulary/BPE from a ggml file, log-mel as in whisper.cpp, telephone channel, model."""
import math
import random
import re
import struct

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


# ---------------------------------------------------------------- ggml header
def read_header(path):
    """hparams, mel filters [80,201] and byte tokens of a whisper ggml file (the vocabulary-only test file is enough)."""
    f = open(path, "rb")
    rd = lambda n: struct.unpack("i" * n, f.read(4 * n))
    (magic,) = rd(1)
    assert magic == 0x67676D6C
    hp = dict(
        zip(
            "n_vocab n_audio_ctx n_audio_state n_audio_head n_audio_layer n_text_ctx n_text_state n_text_head n_text_layer n_mels ftype".split(),
            rd(11),
        )
    )
    nm, nf = rd(2)
    filt = np.frombuffer(f.read(4 * nm * nf), np.float32).reshape(nm, nf).copy()
    (nt,) = rd(1)
    toks = []
    for _ in range(nt):
        (n,) = rd(1)
        toks.append(f.read(n))
    # some vocabulary files carry U+FFFD for the single bytes >= 0x80: restore GPT-2's byte order
    order = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    order += [b for b in range(256) if b not in order]
    toks[:256] = [bytes([b]) for b in order]
    return hp, filt, toks


PAT = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?[^\W\d_]+| ?\d+| ?(?:[^\s\w]|_)+|\s+(?!\S)|\s+")


class Tok:
    """GPT-2 style byte BPE with the ranks implied by token order."""

    def __init__(s, toks):
        s.toks = toks
        s.rank = {t: i for i, t in reversed(list(enumerate(toks)))}
        s.cache = {}
        s.eot, s.sot, s.fr = 50257, 50258, 50265
        s.transcribe, s.prev, s.nosp, s.notime, s.beg = 50359, 50361, 50362, 50363, 50364

    def piece(s, b):
        if b in s.cache:
            return s.cache[b]
        p = [bytes([x]) for x in b]
        while len(p) > 1:
            best = min(((s.rank.get(p[i] + p[i + 1], 1 << 30), i) for i in range(len(p) - 1)))
            if best[0] == 1 << 30:
                break
            i = best[1]
            p[i : i + 2] = [p[i] + p[i + 1]]
        r = [s.rank[x] for x in p]
        s.cache[b] = r
        return r

    def encode(s, text):
        """-> ids, and for each id the (start,end) character span in text"""
        ids = []
        sp = []
        for m in PAT.finditer(text):
            b = m.group().encode()
            r = s.piece(b)
            pos = 0
            for t in r:
                n = len(s.toks[t])
                a = len(b[:pos].decode("utf8", "ignore"))
                e = len(b[: pos + n].decode("utf8", "ignore"))
                ids.append(t)
                sp.append((m.start() + a, m.start() + max(e, a + 1)))
                pos += n
        return ids, sp

    def decode(s, ids):
        return b"".join(s.toks[i] for i in ids if i < s.eot).decode("utf8", "replace")


# ---------------------------------------------------------------- audio
HANN = torch.hann_window(400, periodic=True)


def logmel(x, filt):
    """x float32 [-1,1] numpy -> (80, frames) float tensor, as whisper.cpp; frames = len//160; also the silence value"""
    x = torch.from_numpy(np.ascontiguousarray(x, dtype=np.float32))
    p = torch.cat([x[1:201].flip(0), x, torch.zeros(400)])
    fr = p.unfold(0, 400, 160)[: len(x) // 160] * HANN
    s = torch.fft.rfft(fr)
    s = s.real**2 + s.imag**2
    m = torch.log10(torch.clamp(s @ filt.T, min=1e-10)).T
    mx = float(m.max()) - 8.0
    return (torch.clamp(m, min=mx) + 4) / 4, (max(-10.0, mx) + 4) / 4


def mulaw(x):
    mu = 255.0
    y = np.sign(x) * np.log1p(mu * np.abs(x)) / np.log1p(mu)
    q = np.round((y + 1) * 127.5) / 127.5 - 1
    return np.sign(q) * ((1 + mu) ** np.abs(q) - 1) / mu


def telephone(x, rng, lo=300, hi=3400, noise=None, codec=True):
    """8 kHz band-limited mu-law line with light noise; x float 16 kHz -> float 16 kHz of the same length"""
    n = len(x)
    m = n + (-n) % 2
    X = np.fft.rfft(np.pad(x, (0, m - n)))
    f = np.arange(len(X)) * (16000 / m)
    g = 1 / (1 + np.exp(-(f - lo) / 25.0)) * 1 / (1 + np.exp((f - hi) / 60.0))
    X = X * g
    if codec:
        y = np.fft.irfft(X[: m // 4 + 1], m // 2) * 0.5
        y = y + rng.normal(0, noise if noise is not None else 10 ** rng.uniform(-4.2, -2.3), len(y))
        y = mulaw(np.clip(y, -1, 1))
        Y = np.fft.rfft(y)
        Z = np.zeros(m // 2 + 1, complex)
        Z[: len(Y)] = Y
        return (np.fft.irfft(Z, m) * 2)[:n].astype(np.float32)
    return np.fft.irfft(X, m)[:n].astype(np.float32)


# ---------------------------------------------------------------- model (OpenAI Whisper layout)
def sinusoids(n, d, max_t=10000):
    inc = math.log(max_t) / (d // 2 - 1)
    inv = torch.exp(-inc * torch.arange(d // 2))
    t = torch.arange(n)[:, None] * inv[None]
    return torch.cat([t.sin(), t.cos()], 1)


class Attn(nn.Module):
    def __init__(s, d, h):
        super().__init__()
        s.h = h
        s.query = nn.Linear(d, d)
        s.key = nn.Linear(d, d, bias=False)
        s.value = nn.Linear(d, d)
        s.out = nn.Linear(d, d)

    def forward(s, x, kv=None, mask=None, need=False):
        B, T, D = x.shape
        kv = x if kv is None else kv
        S = kv.shape[1]
        h = s.h
        q = s.query(x).view(B, T, h, -1).transpose(1, 2)
        k = s.key(kv).view(B, S, h, -1).permute(0, 2, 3, 1)
        v = s.value(kv).view(B, S, h, -1).transpose(1, 2)
        w = (q * (q.shape[-1] ** -0.5)) @ k
        if mask is not None:
            w = w + mask[:T, :T]
        w = w.softmax(-1)
        y = (w @ v).transpose(1, 2).reshape(B, T, D)
        return s.out(y), (w if need else None)


class Block(nn.Module):
    def __init__(s, d, h, cross=False, drop=0.0):
        super().__init__()
        s.attn = Attn(d, h)
        s.attn_ln = nn.LayerNorm(d)
        s.cross_attn = Attn(d, h) if cross else None
        s.cross_attn_ln = nn.LayerNorm(d) if cross else None
        s.mlp = nn.Sequential(nn.Linear(d, 4 * d), nn.GELU(), nn.Linear(4 * d, d))
        s.mlp_ln = nn.LayerNorm(d)
        s.drop = drop

    def forward(s, x, xa=None, mask=None, need=False):
        dp = lambda y: F.dropout(y, s.drop, s.training) if s.drop else y
        x = x + dp(s.attn(s.attn_ln(x), mask=mask)[0])
        w = None
        if s.cross_attn is not None:
            y, w = s.cross_attn(s.cross_attn_ln(x), xa, need=need)
            x = x + dp(y)
        return x + dp(s.mlp(s.mlp_ln(x))), w


class Encoder(nn.Module):
    def __init__(s, d, h, L, drop):
        super().__init__()
        s.conv1 = nn.Conv1d(80, d, 3, padding=1)
        s.conv2 = nn.Conv1d(d, d, 3, stride=2, padding=1)
        s.register_buffer("positional_embedding", sinusoids(1500, d))
        s.blocks = nn.ModuleList(Block(d, h, drop=drop) for _ in range(L))
        s.ln_post = nn.LayerNorm(d)

    def forward(s, m):
        # convolutions as matrix products: Debian's PyTorch 1.13 gives wrong conv1d weight gradients on transposed inputs
        def conv(x, l, st):
            T = x.shape[1]
            p = F.pad(x, (0, 0, 1, 1))
            u = torch.cat([p[:, 0:T:st], p[:, 1 : T + 1 : st], p[:, 2 : T + 2 : st]], -1)
            return F.gelu(F.linear(u, l.weight.permute(0, 2, 1).reshape(l.weight.shape[0], -1), l.bias))

        x = conv(conv(m.transpose(1, 2), s.conv1, 1), s.conv2, 2)
        x = x + s.positional_embedding[: x.shape[1]]
        for b in s.blocks:
            x, _ = b(x)
        return s.ln_post(x)


N_VOCAB = 51865


class Decoder(nn.Module):
    """Softmax over the U used text/special tokens, one shared 'unused' row, and 1501 timestamps whose rows are a linear map of sinusoids."""

    def __init__(s, d, h, L, U, drop):
        super().__init__()
        s.emb = nn.Parameter(torch.randn(U + 1, d) * 0.05)
        s.ts = nn.Linear(d, d, bias=True)
        nn.init.normal_(s.ts.weight, 0, 0.02)
        s.register_buffer("sin", sinusoids(1501, d))
        s.positional_embedding = nn.Parameter(sinusoids(448, d) * 0.05)
        s.blocks = nn.ModuleList(Block(d, h, True, drop) for _ in range(L))
        s.ln = nn.LayerNorm(d)
        s.register_buffer("mask", torch.full((448, 448), -1e9).triu(1))
        s.U = U

    def table(s):
        return torch.cat([s.emb, s.ts(s.sin)])

    def forward(s, t, xa, need=False):
        E = s.table()
        x = E[t] + s.positional_embedding[: t.shape[1]]
        ws = []
        for b in s.blocks:
            x, w = b(x, xa, s.mask, need)
            ws.append(w)
        lo = s.ln(x) @ E.T
        bias = torch.zeros(E.shape[0])
        bias[s.U] = math.log(N_VOCAB - 1501 - s.U)
        return lo + bias.to(lo.device), ws


class Whisper(nn.Module):
    def __init__(s, c):
        super().__init__()
        s.c = c
        d = c["d"]
        s.encoder = Encoder(d, c["heads"], c["enc"], c.get("drop", 0))
        s.decoder = Decoder(d, c["heads"], c["dec"], c["U"], c.get("drop", 0))
        s.phone = nn.Linear(d, c["phones"])

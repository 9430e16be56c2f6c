#!/usr/bin/env python3
"""Synthesise grammar sentences with libespeak-ng into shards for train.py.

  synth.py OUT.pkl --count 4000 --seed 1 [--salad 0.12] [--exclude heldout.txt]

Each item: dict(text, audio int16 16 kHz, words [(char0, t0, t1)], phones [(t, name)]).
Times come from the synthesiser's own events, so no aligner is needed.
"""
import ctypes as C
import ctypes.util
import os
import pickle
import random
import sys
import time
import argparse
import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import grammar


class Id(C.Union):
    _fields_ = [("number", C.c_int), ("name", C.c_void_p), ("string", C.c_char * 8)]


class Event(C.Structure):
    _fields_ = [
        ("type", C.c_int),
        ("uid", C.c_uint),
        ("text_position", C.c_int),
        ("length", C.c_int),
        ("audio_position", C.c_int),
        ("sample", C.c_int),
        ("user_data", C.c_void_p),
        ("id", Id),
    ]


CB = C.CFUNCTYPE(C.c_int, C.POINTER(C.c_short), C.c_int, C.POINTER(Event))
lib = C.CDLL("libespeak-ng.so.1")
RATE = lib.espeak_Initialize(2, 400, None, 1)
_wav = []
_ev = []


@CB
def _cb(wav, n, ev):
    if wav and n > 0:
        _wav.append(np.ctypeslib.as_array(wav, (n,)).copy())
    i = 0
    while ev[i].type != 0:
        e = ev[i]
        if e.type in (1, 7):
            _ev.append(
                (e.type, e.text_position, e.audio_position / 1000.0, e.id.string if e.type == 7 else b"")
            )
        i += 1
    return 0


lib.espeak_SetSynthCallback(_cb)


def resample(x, src, dst=16000):
    g = np.gcd(src, dst)
    p = src // g
    n = len(x)
    m = -(-n // p) * p
    X = np.fft.rfft(np.pad(x.astype(np.float32), (0, m - n)))
    k = m // p * (dst // g)
    return np.fft.irfft(X[: k // 2 + 1] if k < m else np.pad(X, (0, k // 2 + 1 - len(X))), k) * (k / m)


VARS = ["", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "f1", "f2", "f3", "f4", "f5"]
EXTRA = [
    "m8",
    "Alex",
    "Andy",
    "Annie",
    "Denis",
    "Hugo",
    "Alicia",
    "Andrea",
    "Mario",
    "Michael",
    "Mike",
    "steph",
    "linda",
    "max",
    "paul",
    "victor",
    "anika",
    "antonio",
    "belinda",
    "david",
    "ed",
    "john",
    "pablo",
    "pedro",
    "rob",
    "sandro",
    "travis",
]
LANGS = ["fr", "fr", "fr", "fr-be", "fr-ch"]


def voice(r):
    v = r.choice(VARS) if r.random() < 0.8 else r.choice(EXTRA)
    return dict(
        lang=r.choice(LANGS),
        var=v,
        rate=r.randint(130, 190),
        pitch=r.randint(30, 70),
        range=r.randint(30, 70),
        gap=r.choice([0, 0, 0, 1, 2, 4]),
    )


def say(text, v):
    name = v["lang"] + ("+" + v["var"] if v["var"] else "")
    if lib.espeak_SetVoiceByName(name.encode()) != 0:
        raise RuntimeError("voice " + name)
    for p, k in ((1, "rate"), (3, "pitch"), (4, "range"), (7, "gap")):
        lib.espeak_SetParameter(p, int(v[k]), 0)
    _wav.clear()
    _ev.clear()
    b = text.encode() + b"\0"
    lib.espeak_Synth(b, len(b), 0, 1, 0, 1, None, None)
    a = resample(np.concatenate(_wav), RATE)
    a = np.clip(a, -32767, 32767)
    nz = np.flatnonzero(np.abs(a) > 60)
    end = min(len(a), nz[-1] + 1600) if len(nz) else len(a)
    a = a[:end].astype(np.int16)
    dur = len(a) / 16000
    ws = [(p - 1, t) for ty, p, t, _ in _ev if ty == 1]
    ph = [(t, s.decode("utf8", "replace")) for ty, _, t, s in _ev if ty == 7]
    words = [(c, t, ws[i + 1][1] if i + 1 < len(ws) else dur - 0.05) for i, (c, t) in enumerate(ws)]
    return dict(text=text, audio=a, words=words, phones=ph, voice=name)


def spoken(text):
    return text  # hook: spelling given to the synthesiser


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("out")
    ap.add_argument("--count", type=int, default=4000)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--salad", type=float, default=0.12)
    ap.add_argument("--exclude", nargs="*", default=[])
    a = ap.parse_args()
    r = random.Random(a.seed)
    ex = set()
    for f in a.exclude:
        ex |= {l.strip() for l in open(f, encoding="utf8")}
    grammar.vocab()
    out = []
    t = time.time()
    tot = 0
    while len(out) < a.count:
        s = grammar.salad(r) if r.random() < a.salad else grammar.sample(r)
        if s in ex or len(s) > 150:
            continue
        u = say(s, voice(r))
        tot += len(u["audio"]) / 16000
        if len(u["audio"]) < 3200 or len(u["audio"]) > 16000 * 11:
            continue
        out.append(u)
    pickle.dump(out, open(a.out + ".tmp", "wb"), 4)
    os.rename(a.out + ".tmp", a.out)
    print(a.out, len(out), "utterances", round(tot / 3600, 2), "h", round(time.time() - t, 1), "s")

#!/usr/bin/env python3
"""Word error rate through whisper-cli on held-out sentences, clean and telephone.
  evaluate.py MODEL.bin --cli whisper-cli --text heldout.txt --count 100 --work DIR [--args=-nt]"""
import os
import random
import re
import subprocess
import sys
import wave
import argparse
import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))


def norm(t):
    return re.findall(r"\w+", t.lower().replace("œ", "oe"))


def dist(a, b):
    p = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        q = [i]
        for j, y in enumerate(b, 1):
            q.append(min(p[j] + 1, q[-1] + 1, p[j - 1] + (x != y)))
        p = q
    return p[-1]


def write(path, x):
    with wave.open(path, "wb") as w:
        w.setnchannels(1)
        w.setsampwidth(2)
        w.setframerate(16000)
        w.writeframes((np.clip(x, -1, 1) * 32767).astype("<i2").tobytes())


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("model")
    ap.add_argument("--cli", required=True)
    ap.add_argument("--text", required=True)
    ap.add_argument("--count", type=int, default=100)
    ap.add_argument("--work", required=True)
    ap.add_argument("--args", default="-nt")
    ap.add_argument("--seed", type=int, default=42)
    ap.add_argument("--threads", default="2")
    a = ap.parse_args()
    import synth
    from common import telephone

    os.makedirs(a.work, exist_ok=True)
    r = random.Random(a.seed)
    rng = np.random.default_rng(a.seed)
    lines = [l.strip() for l in open(a.text, encoding="utf8") if l.strip()]
    r.shuffle(lines)
    lines = lines[: a.count]
    ref = {}
    for i, l in enumerate(lines):
        x = synth.say(l, synth.voice(r))["audio"].astype(np.float32) / 32768
        x = np.concatenate([np.zeros(3200), x, np.zeros(4800)]).astype(np.float32)
        for k, y in (("clean", x), ("tel", telephone(x, rng, noise=10 ** rng.uniform(-4, -2.5)))):
            p = os.path.join(a.work, f"{k}{i:03d}.wav")
            write(p, y)
            ref[p] = l
    for k in ("clean", "tel"):
        ps = [p for p in sorted(ref) if os.path.basename(p).startswith(k)]
        for q in ps:
            if os.path.exists(q + ".txt"):
                os.remove(q + ".txt")
        subprocess.run(
            [
                a.cli,
                "-m",
                a.model,
                "-l",
                "fr",
                "-t",
                a.threads,
                "-bs",
                "1",
                "-bo",
                "1",
                "-otxt",
                "-np",
                *a.args.split(),
                *ps,
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        e = n = s = 0
        bad = []
        for p in ps:
            h = (
                open(p + ".txt", encoding="utf8", errors="replace").read()
                if os.path.exists(p + ".txt")
                else ""
            )
            R, H = norm(ref[p]), norm(h)
            z = dist(R, H)
            e += z
            n += len(R)
            s += z == 0
            if z:
                bad.append((z, ref[p], h.strip()))
        print(f"{k}: WER {100*e/n:.1f} %  ({e}/{n} words, {s}/{len(ps)} sentences without error)")
        for z, x, h in bad[:8]:
            print("   ", z, "|", x, "|", h)


if __name__ == "__main__":
    main()

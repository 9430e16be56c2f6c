#!/usr/bin/env python3
"""Word error rate on the sample calls, turn by turn (cut at the script's times).
  evaluate_calls.py MODEL.bin --cli whisper-cli --calls ../../samples/calls --work DIR [--args=-nt]
Needs the program flac, to read the calls."""
import glob
import json
import os
import subprocess
import sys
import argparse
import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from evaluate import norm, dist, write

ap = argparse.ArgumentParser()
ap.add_argument("model")
ap.add_argument("--cli", required=True)
ap.add_argument("--calls", required=True)
ap.add_argument("--work", required=True)
ap.add_argument("--args", default="-nt")
ap.add_argument("--threads", default="2")
a = ap.parse_args()
os.makedirs(a.work, exist_ok=True)
tot = {}
show = []
for jf in sorted(glob.glob(os.path.join(a.calls, "*.json"))):
    j = json.load(open(jf, encoding="utf8"))
    raw = ["flac", "-s", "-d", "-c", "--force-raw-format", "--endian=little", "--sign=signed"]
    pcm = subprocess.run([*raw, os.path.join(a.calls, j["file"])], check=True, capture_output=True).stdout
    x = np.frombuffer(pcm, "<i2").reshape(-1, 2) / 32768.0
    ps = []
    for k, t in enumerate(j["turns"]):
        p = os.path.join(a.work, f"{os.path.basename(jf)[:2]}_{k:02d}.wav")
        c = 0 if t["channel"] == "agent" else 1
        write(p, x[max(0, int((t["start"] - 0.15) * 16000)) : int((t["end"] + 0.25) * 16000), c])
        ps.append(p)
        if os.path.exists(p + ".txt"):
            os.remove(p + ".txt")
    options = ["-l", "fr", "-t", a.threads, "-bs", "1", "-bo", "1", "-otxt", "-np", *a.args.split()]
    subprocess.run(
        [a.cli, "-m", a.model, *options, *ps],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for p, t in zip(ps, j["turns"]):
        h = open(p + ".txt", encoding="utf8", errors="replace").read().strip()
        R, H = norm(t["text"]), norm(h)
        e = dist(R, H)
        for key in (t["channel"], os.path.basename(jf)[:-5]):
            z = tot.setdefault(key, [0, 0])
            z[0] += e
            z[1] += len(R)
        show.append((e, t["text"], h))
for k, (e, n) in tot.items():
    print(f"{k}: WER {100*e/n:.1f} % ({e}/{n})")
for e, r, h in show[:36]:
    print("  ", e, "|", r, "|", h)

#!/usr/bin/env python3
"""Train a small Whisper on synthetic shards (CPU or --device cuda).

  train.py --shards 'shards/*.pkl' --vocab VOCAB.bin --out run --minutes 65 --threads 2

Losses: cross entropy on the decoder; framewise phoneme cross entropy on the encoder output (events of the
synthesiser; head dropped at export); mass of one cross-attention head inside the spoken word's time window.
The learning rate follows the wall clock (--minutes), so a longer budget needs no other change.
"""
import glob
import math
import multiprocessing as mp
import os
import pickle
import random
import sys
import time
import argparse
import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))


def pink(n, rng):
    m = n + n % 2
    X = np.fft.rfft(rng.normal(0, 1, m))
    X[1:] /= np.sqrt(np.arange(1, len(X)))
    x = np.fft.irfft(X, m)[:n]
    return x / (x.std() + 1e-9)


class Maker:
    def __init__(s, a, items, tok, loc, ph, filt, seed):
        s.a, s.items, s.tok, s.loc, s.ph, s.filt = a, items, tok, loc, ph, filt
        s.r = random.Random(seed)
        s.rng = np.random.default_rng(seed)
        s.enc = [tok.encode(" " + u["text"]) for u in items]

    def spec(s, prog, long):
        """choose utterances and silences; returns (list of (index, offset seconds), duration)"""
        r = s.r
        if r.random() < (0.02 if prog < 0.1 else 0.04):
            return [], r.uniform(0.3, 28 if long else 5)
        n = (
            1
            if prog < 0.25 and not s.a.init
            else r.choices([1, 2, 3], [0.88, 0.12, 0] if prog < 0.55 else [0.74, 0.19, 0.07])[0]
        )
        if long:
            n = r.randint(1, 7)
        t = r.choice([0, r.uniform(0, 0.3), r.uniform(0.1, 0.9)])
        parts = []
        for k in range(n):
            i = r.randrange(len(s.items))
            d = len(s.items[i]["audio"]) / 16000
            while prog < 0.12 and d > 3 and not s.a.init:
                i = r.randrange(len(s.items))
                d = len(s.items[i]["audio"]) / 16000
            if t + d > (29 if long else 12):
                break
            parts.append((i, t))
            t += d + (r.uniform(0.1, 1.0) if k + 1 < n else 0)
        if not parts:
            i = r.randrange(len(s.items))
            parts = [(i, 0.0)]
            t = len(s.items[i]["audio"]) / 16000
        return parts, t + r.choice([0, r.uniform(0, 0.3), r.uniform(0.1, 0.9)])

    def clip(s, parts, dur):
        r, rng = s.r, s.rng
        n = int(dur * 16000) // 320 * 320
        x = np.zeros(n, np.float32)
        g = r.uniform(0.5, 1)
        for i, t in parts:
            u = s.items[i]["audio"].astype(np.float32) / 32768 * (g * r.uniform(0.7, 1.2))
            o = int(t * 16000)
            u = u[: max(0, n - o)]
            x[o : o + len(u)] += u
        k = r.random()
        if k < 0.5:
            x = x + pink(n, rng).astype(np.float32) * 10 ** r.uniform(-4.5, -2.2)
        if r.random() < 0.3:  # gentle random equaliser
            X = np.fft.rfft(x)
            f = np.linspace(0, 1, len(X))
            X *= 10 ** (
                (r.uniform(-8, 8) * f + r.uniform(-4, 4) * np.cos(f * r.uniform(2, 12) + r.uniform(0, 6)))
                / 20
            )
            x = np.fft.irfft(X, n).astype(np.float32)
        if r.random() < 0.55:
            from common import telephone

            x = telephone(x, rng, lo=r.uniform(200, 350), hi=r.uniform(3200, 3700), codec=r.random() < 0.85)
        x = x * 10 ** (r.uniform(-20, 3) / 20)
        if not parts and r.random() < 0.3:
            x = x * 0
        return np.clip(x, -1, 1)

    def tokens(s, parts, dur):
        tk, r, L = s.tok, s.r, s.loc
        ts = r.random() < 0.5
        pr = [tk.sot, tk.fr, tk.transcribe] + ([] if ts else [tk.notime])
        pre = []
        if r.random() < 0.08:
            pre = [tk.prev]
            for _ in range(r.randint(1, 3)):
                pre += s.enc[r.randrange(len(s.items))][0]
        body = []
        win = []
        if not parts:
            body = [(tk.nosp if r.random() < 0.7 else tk.beg) if ts else tk.nosp]
            inp = [tk.beg] if ts else [r.choice(s.enc[r.randrange(len(s.items))][0])]
            ids = pre + pr + body
            inn = pre + pr + inp
            tgt = ids[1:] + [tk.eot]
            w = [(0, 0)] * len(inn)
        else:
            for i, t in parts:
                u = s.items[i]
                e, sp = s.enc[i]
                end = t + len(u["audio"]) / 16000 - 0.08
                q = lambda z: tk.beg + int(round(min(max(z, 0), 30) / 0.02))
                if ts:
                    body.append(q(t))
                    win.append((0, 0))
                ws = u["words"]
                for tid, (c0, c1) in zip(e, sp):
                    c = (c0 + 1 if c1 - c0 > 1 else c0) - 1 + 0  # drop the leading space of " "+text
                    k = 0
                    for j, (wc, _, _) in enumerate(ws):
                        if wc <= max(c, 0):
                            k = j
                    lo, hi = ws[k][1], ws[k][2]
                    win.append((max(0, int((t + lo - 0.08) * 50)), int((t + hi + 0.10) * 50) + 1))
                    body.append(tid)
                if ts:
                    body.append(q(end))
                    win.append((0, 0))
            ids = pre + pr + body + [tk.eot]
            inn = ids[:-1]
            tgt = ids[1:]
            w = [(0, 0)] * (len(pre) + len(pr) - 1) + win + [(0, 0)]
        li = [L[i] for i in inn]
        lt = [L[i] for i in tgt]
        for k in range(len(pre)):
            lt[k] = -100
        for k in range(len(pre) + len(pr), len(li)):
            if inn[k] < tk.eot and r.random() < 0.05:
                li[k] = r.randrange(s.a.n_text)
            elif inn[k] > tk.beg and r.random() < 0.3:
                li[k] = max(L[tk.beg], min(L[tk.beg] + 1500, li[k] + r.randint(-3, 3)))
        return li[:440], lt[:440], w[:440]

    def batch(s, specs, long):
        from common import logmel

        ms = []
        tk = []
        pl = []
        for parts, dur in specs:
            m, sil = logmel(s.clip(parts, dur), s.filt)
            m = m.numpy()
            r = s.r
            if r.random() < 0.4:
                f = r.randrange(70)
                m[f : f + r.randint(1, 9)] = m.mean()
            if r.random() < 0.3 and m.shape[1] > 60:
                f = r.randrange(m.shape[1] - 12)
                m[:, f : f + r.randint(1, 10)] = m.mean()
            ms.append((m, sil))
            tk.append(s.tokens(parts, dur))
            p = np.zeros(m.shape[1] // 2, np.int64)
            for i, t in parts:
                u = s.items[i]
                ev = u["phones"] + [(len(u["audio"]) / 16000, "_")]
                for (t0, nm), (t1, _) in zip(ev, ev[1:]):
                    p[int((t + t0) * 50 + 0.5) : int((t + t1) * 50 + 0.5)] = s.ph.get(nm, 0)
            pl.append(p)
        T = max(m.shape[1] for m, _ in ms)
        T = 3000 if long else min(3000, T + (s.r.choice([0, 0, s.r.randint(0, 150)])))
        T += T % 2
        B = len(ms)
        M = np.zeros((B, 80, T), np.float32)
        P = np.full((B, T // 2), -100, np.int64)
        L = max(len(x[0]) for x in tk)
        I = np.zeros((B, L), np.int64)
        Y = np.full((B, L), -100, np.int64)
        W = np.zeros((B, L, 2), np.int64)
        for b, ((m, sil), (i, y, w), p) in enumerate(zip(ms, tk, pl)):
            M[b] = sil
            M[b, :, : m.shape[1]] = m
            P[b, :] = 0
            P[b, : len(p)] = p
            I[b, : len(i)] = i
            Y[b, : len(y)] = y
            W[b, : len(w)] = w
        return M, P, I, Y, np.minimum(W, T // 2)


def worker(a, files, tok, loc, ph, filt, q, prog, seed, skip):
    import torch

    torch.set_num_threads(1)
    items = []
    for f in files:
        for u in pickle.load(open(f, "rb")):
            if u["text"] not in skip:
                items.append(u)
    mk = Maker(a, items, tok, loc, ph, filt, seed)
    while True:
        pg = prog.value
        pool = sorted((mk.spec(pg, False) for _ in range(192)), key=lambda z: z[1] + mk.r.uniform(0, 0.3))
        bs = []
        cur = []
        for z in pool:
            if cur and (len(cur) + 1) * z[1] > a.batch_s:
                bs.append((cur, False))
                cur = []
            cur.append(z)
        if cur:
            bs.append((cur, False))
        if pg > 0.6 and mk.r.random() < 0.7:
            for _ in range(1):
                bs.append(([mk.spec(pg, True) for _ in range(max(2, int(a.batch_s / 25)))], True))
        mk.r.shuffle(bs)
        for b, l in bs:
            q.put(mk.batch(b, l))


def main():
    ap = argparse.ArgumentParser()
    A = ap.add_argument
    A("--shards", default="shards/*.pkl")
    A("--vocab", required=True)
    A("--out", default="run")
    A("--minutes", type=float, default=60)
    A("--threads", type=int, default=2)
    A("--d", type=int, default=192)
    A("--heads", type=int, default=3)
    A("--enc", type=int, default=4)
    A("--dec", type=int, default=3)
    A("--drop", type=float, default=0.0)
    A("--lr", type=float, default=1.5e-3)
    A("--batch-s", type=float, default=56, help="seconds of audio in a batch")
    A("--workers", type=int, default=1)
    A("--device", default="cpu")
    A("--init", default=None)
    A("--skip", default=None, help="text file of held-out sentences")
    A("--seed", type=int, default=1)
    A("--trainers", type=int, default=1, help="asynchronous trainer processes (CPU)")
    a = ap.parse_args()
    import torch, torch.nn.functional as F
    from common import read_header, Tok, Whisper

    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    os.makedirs(a.out, exist_ok=True)
    files = sorted(glob.glob(a.shards))
    _, filt, toks = read_header(a.vocab)
    tok = Tok(toks)
    filt = torch.from_numpy(filt)
    skip = set(l.strip() for l in open(a.skip, encoding="utf8")) if a.skip else set()
    if a.init:
        ck = torch.load(a.init, map_location="cpu")
        c, used, ph = ck["c"], ck["used"], ck["ph"]
    else:
        import grammar

        used = set()
        ph = {"_": 0}
        for f in files[:2]:
            for u in pickle.load(open(f, "rb")):
                for _, p in u["phones"]:
                    ph.setdefault(p, len(ph))
        rr = random.Random(5)
        grammar.vocab()
        for _ in range(60000):
            used |= set(tok.encode(" " + (grammar.sample(rr) if rr.random() < 0.7 else grammar.salad(rr)))[0])
        for i in range(100):
            used |= set(tok.encode(f" {i} {i:02d}")[0])
        for t in skip:
            used |= set(tok.encode(" " + t)[0])
        used = sorted(used) + [tok.eot, tok.sot, tok.fr, tok.transcribe, tok.prev, tok.nosp, tok.notime]
        c = dict(d=a.d, heads=a.heads, enc=a.enc, dec=a.dec, U=len(used), phones=len(ph), drop=a.drop)
    a.n_text = len(used) - 7
    loc = {t: i for i, t in enumerate(used)}
    for k in range(1501):
        loc[tok.beg + k] = len(used) + 1 + k

    class D(dict):
        def __missing__(s, k):
            return len(used)

    loc = D(loc)
    model = Whisper(c).to(a.device)
    if a.init:
        model.load_state_dict(ck["sd"])
    print("config", c, "params", sum(p.numel() for p in model.parameters()), flush=True)
    ctx = mp.get_context("fork")
    q = ctx.Queue(6)
    prog = ctx.Value("d", 0.0)
    procs = []
    for w in range(a.workers):
        procs.append(
            ctx.Process(
                target=worker,
                args=(
                    a,
                    files[w :: a.workers] if a.workers > 1 else files,
                    tok,
                    {**loc},
                    ph,
                    filt,
                    q,
                    prog,
                    a.seed * 100 + w,
                    skip,
                ),
                daemon=True,
            )
        )
        procs[-1].start()
    rank = 0
    if a.trainers > 1:  # asynchronous: the trainers update the same weights in shared memory
        model.share_memory()
        for k in range(1, a.trainers):
            if os.fork() == 0:
                rank = k
                break
    dec = [p for n, p in model.named_parameters() if p.dim() > 1 and "emb" not in n]
    nod = [p for n, p in model.named_parameters() if not (p.dim() > 1 and "emb" not in n)]
    opt = torch.optim.AdamW(
        [dict(params=dec, weight_decay=0.02), dict(params=nod, weight_decay=0)],
        lr=a.lr,
        betas=(0.9, 0.98),
        eps=1e-7,
    )
    first = q.get()
    t0 = time.time()
    step = 0
    acc = {}
    last = t0
    save = t0
    n = 0
    secs = 0.0
    bad = 0

    def dump(name):
        torch.save(
            dict(
                c=c,
                used=used,
                ph=ph,
                sd=model.state_dict(),
                step=step,
                minutes=(time.time() - t0) / 60,
                secs=secs,
            ),
            os.path.join(a.out, name + ".tmp"),
        )
        os.replace(os.path.join(a.out, name + ".tmp"), os.path.join(a.out, name))

    while True:
        pg = (time.time() - t0) / (60 * a.minutes)
        if pg >= 1:
            break
        prog.value = pg
        lr = (
            a.lr
            * min(1, (step + 1) / (60 if a.init else 200))
            * (0.5 + 0.5 * math.cos(math.pi * min(1, max(0, (pg - 0.05) / 0.95))))
            + 1e-6
        )
        for g in opt.param_groups:
            g["lr"] = lr
        M, P, I, Y, W = [torch.from_numpy(x).to(a.device) for x in (first if step == 0 else q.get())]
        secs += M.shape[0] * M.shape[2] / 100
        xa = model.encoder(M)
        lo, ws = model.decoder(I, xa, True)
        ce = F.cross_entropy(lo.view(-1, lo.shape[-1]), Y.view(-1), ignore_index=-100)
        pc = F.cross_entropy(model.phone(xa).view(-1, c["phones"]), P.view(-1), ignore_index=-100)
        has = (W[..., 1] > W[..., 0]).float()
        al = 0.0
        for k, w in enumerate(
            ws
        ):  # first layer: where the previous token was spoken; further layers: where the next one is
            W_, has_ = (W, has) if k else (F.pad(W, (0, 0, 1, 0))[:, :-1], F.pad(has, (1, 0))[:, :-1])
            cs = F.pad(w[:, 0].cumsum(-1), (1, 0))
            p = cs.gather(2, W_[..., 1:2]).squeeze(2) - cs.gather(2, W_[..., 0:1]).squeeze(2)
            al_ = -((p + 1e-4).clamp(max=1).log() * has_).sum() / (has_.sum() + 1)
            al = al + al_
            if k == 0:
                al0 = al_
        loss = ce + (0.6 if pg < 0.5 else 0.2) * pc + (0.7 if pg < 0.6 else 0.2) * al
        opt.zero_grad()
        loss.backward()
        gn = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        if torch.isfinite(gn):
            opt.step()
        else:
            bad += 1
            if bad < 6:
                print(
                    "skipped a step, loss",
                    ce.item(),
                    pc.item(),
                    float(al),
                    "mel",
                    float(M.abs().max()),
                    [
                        k
                        for k, p in model.named_parameters()
                        if p.grad is not None and not torch.isfinite(p.grad.norm())
                    ][-6:],
                    flush=True,
                )
        step += 1
        n += 1
        with torch.no_grad():
            ok = Y >= 0
            txt = ok & (Y < a.n_text)
            a1 = lo.argmax(-1) == Y
            tsm = ok & (Y > c["U"])
            for k, v in dict(
                ce=ce.item(),
                ph=pc.item(),
                al0=float(al0),
                al1=float(al - al0),
                acc=(a1 & txt).sum().item() / max(1, txt.sum().item()),
                ts=((lo.argmax(-1) - Y).abs() <= 3)[tsm].float().mean().item() if tsm.any() else 0,
                gn=min(float(gn), 99),
            ).items():
                acc[k] = acc.get(k, 0) + v
        if step % 25 == 0 and rank == 0:
            now = time.time()
            print(
                f"step {step} {(now-t0)/60:.1f}min {(now-last)/n:.2f}s/step lr {lr:.2e} "
                + " ".join(f"{k} {v/n:.3f}" for k, v in acc.items())
                + f" q{q.qsize()} audio {secs/3600:.1f}h",
                flush=True,
            )
            acc = {}
            n = 0
            last = now
        if rank == 0 and time.time() - save > 120:
            save = time.time()
            dump("last.pt")
    if rank:
        os._exit(0)
    time.sleep(5 if a.trainers > 1 else 0)
    dump("last.pt")
    dump("final.pt")
    print("done", step, "steps", secs / 3600, "h of audio", flush=True)
    for p in procs:
        p.kill()
    os._exit(0)


if __name__ == "__main__":
    main()

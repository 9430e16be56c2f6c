import { afterEach, describe, expect, test } from 'vitest';
import type { Agent, AgentUtterance } from '../src/agent';
import { BadLink } from '../src/bad_link';
import { BoardWatch, type BoardState } from '../src/board';
import { KeptJournal, faultsOf } from '../src/journal';
import { sample, wordRecall } from '../src/samples';
import { Site } from '../src/site';
import { until } from '../src/wait';

const vpn = sample('01-vpn-panne');
const outageMs = 30_000;
/** Of an outage: to notice that it is over, to send what waited, and to make it text. */
const recoveredWithinMs = 25_000;
const smallLagMs = 5_000;

const textOf = (finals: AgentUtterance[]) => finals.map(({ text }) => text).join(' ');
const callOn = (extension: string) => ({
  extension,
  callerNumber: vpn.callerNumber,
  callerName: vpn.script.expected.ticket.customer,
  ringS: 1,
  audio: 'samples/calls/01-vpn-panne.flac',
});
const lagOf = (state: BoardState, callId: string) =>
  state.calls.find((call) => call.callId === callId)?.lagMs ?? 0;
const isSeen = (state: BoardState, extension: string) =>
  state.agents.find((agent) => agent.extension === extension)?.isConnected;

const hasTun = BadLink.isPossible();
if (!hasTun) console.warn('Skipped: a bad network is tested where this account may open /dev/net/tun');

describe.skipIf(!hasTun)('A network of 300 ms and 2 % loss that is away for 30 s in mid-call', () => {
  let site: Site | undefined;
  let link: BadLink | undefined;
  let watch: BoardWatch | undefined;
  afterEach(async () => {
    watch?.stop();
    await site?.stop();
    await link?.stop();
  });

  test('delays text, and loses and doubles nothing', async () => {
    site = await Site.start({ config: { server: { address: '0.0.0.0' }, ticket: { auto: false } } });
    link = await BadLink.start({ delayMs: 150, loss: 0.02, seed: 7 });
    const near = await site.startAgent('201', { play: vpn.audio });
    const far = await site.startAgent('202', { play: vpn.audio, across: link });
    watch = new BoardWatch(site);
    await site.call({ calls: [callOn('201'), callOn('202')] });
    const { call } = await far.event('call', (line) => line.call?.state === 'connected');
    const callId = call?.callId ?? '';
    const journal = await KeptJournal.of(site, callId);

    // Slow and lossy, and text comes as it is spoken.
    await until('partial and final text', () => far.finals().length >= 1 && partialsOf(far) >= 2);
    expect(Math.max(...far.finals().map(({ lagMs }) => lagMs))).toBeLessThan(smallLagMs);

    const awayAtMs = Date.now();
    const away = link.away(outageMs);
    const waiting = await far.event('undelivered', ({ event }) => event === 'undelivered', 20_000);
    expect(waiting).toMatchObject({ isRecording: true });
    expect(waiting.frames).toBeGreaterThan(100); // of both channels: at least 5 s of the call
    await until('word of the lost agent', () =>
      watch?.seen.some(({ state, atMs }) => atMs > awayAtMs && isSeen(state, '202') === false),
    );
    const heardUntil = far.said().length;
    const backAtMs = await away;
    await far.event('delivery', ({ event }) => event === 'caughtUp', recoveredWithinMs, heardUntil);

    // The lag is shown as long as it is there, and it is gone before the call is.
    const lags = () => (watch?.seen ?? []).map(({ state, atMs }) => ({ lagMs: lagOf(state, callId), atMs }));
    await until('lag that is shown', () => lags().some(({ lagMs }) => lagMs >= 10_000), recoveredWithinMs);
    const recoveredAtMs = await until(
      'small lag',
      () => {
        const last = lags().at(-1);
        return last !== undefined && last.lagMs <= smallLagMs && last.atMs;
      },
      recoveredWithinMs,
    );
    expect(recoveredAtMs - backAtMs).toBeLessThan(recoveredWithinMs);
    const liveTexts = far.finals().length;

    await far.event('end', (line) => line.call?.callId === callId && line.call.state === 'ended', 90_000);
    await far.draft('draft', (draft) => draft.callId === callId, 60_000);
    await near.draft('draft', () => true, 60_000);
    expect(far.finals().length).toBeGreaterThan(liveTexts);
    for (const channel of ['agent', 'customer'] as const) {
      const frames = journal.frames(channel);
      expect(faultsOf(frames)).toEqual([]);
      expect(frames[0]?.clockMs).toBeLessThan(1_000);
      expect(frames.at(-1)?.clockMs).toBeGreaterThan(60_000);
    }
    const starts = far.finals().map((utterance) => `${utterance.channel} ${utterance.startMs}`);
    expect(new Set(starts).size).toBe(starts.length);
    // Each utterance once, and what it says. The two agents heard of the answer at different moments, so their frames are cut
    // elsewhere, which costs a word here and there also where nothing else differs.
    expect(far.finals().map(({ channel }) => channel)).toEqual(near.finals().map(({ channel }) => channel));
    far.finals().forEach(({ startMs }, i) => {
      expect(Math.abs(startMs - (near.finals()[i]?.startMs ?? 0))).toBeLessThan(300);
    });
    const clean = textOf(near.finals());
    const arrived = textOf(far.finals());
    const recalls = [wordRecall(clean, arrived), wordRecall(arrived, clean)];
    for (const { found, total } of recalls) expect(found / total).toBeGreaterThan(0.9);
    const afterMs = (event: string) =>
      (far.said().find(({ line, atMs }) => line.event === event && atMs > backAtMs)?.atMs ?? NaN) - backAtMs;
    const shownMs = Math.max(...lags().map(({ lagMs }) => lagMs));
    console.log(
      `after the outage: connected ${afterMs('connected')} ms, delivered ${afterMs('caughtUp')} ms, ` +
        `lag from ${shownMs} ms to ${smallLagMs} ms ${recoveredAtMs - backAtMs} ms`,
    );
  });
});

function partialsOf(agent: Agent): number {
  return agent.said().filter(({ line }) => line.utterance?.isFinal === false).length;
}

import { describe, expect, test } from 'vitest';
import { textsFor } from '../../src/i18n';
import type { QueueState, SystemStatus } from '../../src/protocol';
import { waitingView } from '../../src/state/selectors';
import { waitingNote } from '../../src/views/waiting_note';
import { snapshot } from '../goldens';

const nowMs = 1_768_208_470_000;
const system = (queues?: readonly QueueState[]): SystemStatus => ({
  ...snapshot().system,
  ...(queues === undefined ? {} : { queues: [...queues] }),
});
const support = (agoMs: number, isLongWait = false): QueueState => ({
  queue: '800',
  name: 'Support',
  waiting: 2,
  oldestSinceMs: nowMs - agoMs,
  isLongWait,
});
const sales = (agoMs: number): QueueState => ({ queue: '801', name: '', waiting: 1, oldestSinceMs: nowMs - agoMs });

describe('who waits', () => {
  test.each<{ what: string; queues: readonly QueueState[] | undefined }>([
    { what: 'a server that shows no queues', queues: undefined },
    { what: 'a PBX without queues', queues: [] },
  ])('is nothing to show of $what', ({ queues }) => {
    expect(waitingView(system(queues), nowMs)).toBeNull();
    expect(waitingView(null, nowMs)).toBeNull();
  });

  test.each([
    { what: 'nobody', queues: [{ queue: '800', name: '', waiting: 0 }], waiting: 0, fr: undefined, en: undefined },
    { what: 'two in one queue', queues: [support(30_000)], waiting: 2, fr: 'au plus 0:30', en: 'longest 0:30' },
    {
      what: 'three, one for long',
      queues: [sales(5_000), support(185_000, true)],
      waiting: 3,
      fr: 'attente longue 3:05',
      en: 'long wait 3:05',
    },
    {
      what: 'one who comes from the future',
      queues: [sales(-2_000)],
      waiting: 1,
      fr: 'au plus 0:00',
      en: 'longest 0:00',
    },
  ])('is counted and timed: $what', ({ queues, waiting, fr, en }) => {
    const view = waitingView(system(queues), nowMs);
    if (view === null) throw new Error('there are queues');
    expect(view.waiting).toBe(waiting);
    expect(waitingNote(view, nowMs, textsFor('fr'))?.text).toBe(fr);
    expect(waitingNote(view, nowMs, textsFor('en'))?.text).toBe(en);
    expect(waitingNote(view, nowMs, textsFor('en'))?.isAlert ?? false).toBe(view.isLong);
  });

  test('is told queue by queue, the longest wait first, by number where there is no name', () => {
    const view = waitingView(system([sales(5_000), support(185_000, true)]), nowMs);
    if (view === null) throw new Error('there are queues');
    expect(waitingNote(view, nowMs, textsFor('en'))?.hint).toBe(
      'Support: 2, longest wait 3:05\n801: 1, longest wait 0:05',
    );
  });
});

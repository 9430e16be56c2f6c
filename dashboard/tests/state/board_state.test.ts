import { describe, expect, test } from 'vitest';
import type { EventBody, Utterance } from '../../src/protocol';
import { applyMessage, emptyBoard, type BoardState } from '../../src/state/board_state';
import { eventBody, goldens, serverMessage, snapshot } from '../goldens';

const nowMs = 1_768_208_470_000;
const ready: BoardState = applyMessage(emptyBoard, snapshot(), nowMs);

/** `ready` after these events, numbered without a gap. */
function after(...events: readonly EventBody[]): BoardState {
  return events.reduce(
    (state, event, index) => applyMessage(state, { type: 'event', sequence: 119 + index, event }, nowMs),
    ready,
  );
}

function saying(change: Partial<Utterance>): EventBody {
  const base = snapshot().utterances[2];
  if (base === undefined) throw new Error('the golden snapshot has three utterances');
  return { type: 'utteranceChanged', utterance: { ...base, ...change } };
}

const callId = 'call-5f0c2b7a91d3e84f6a20';
const texts = (state: BoardState): string[] => (state.utterances.get(callId) ?? []).map(({ text }) => text);

describe('the board’s state', () => {
  test('is the snapshot, whatever was there before', () => {
    const before = after(eventBody('draft_changed'), eventBody('call_removed'));
    const state = applyMessage(before, snapshot(), nowMs);
    expect(state).toEqual(ready);
    expect([...state.calls.keys()]).toEqual(snapshot().calls.map((call) => call.callId));
    expect(state.clockOffsetMs).toBe(snapshot().serverTimeMs - nowMs);
    expect(state.position).toEqual({ epoch: 'e-6b1f09d2a84c', sequence: 118 });
  });

  test.each([
    {
      event: 'call_changed',
      sees: (state: BoardState) => state.calls.get(callId)?.state,
      expected: 'held',
    },
    {
      event: 'call_removed',
      sees: (state: BoardState) => [state.calls.size, state.drafts.size],
      expected: [2, 0],
    },
    {
      event: 'utterance_changed',
      sees: (state: BoardState) => state.utterances.get(callId)?.map(({ isFinal }) => isFinal),
      expected: [true, true, true],
    },
    {
      event: 'utterance_changed.partial',
      sees: (state: BoardState) => texts(state).at(-1),
      expected: 'Oui, ça dit…',
    },
    {
      event: 'draft_changed.created',
      sees: (state: BoardState) => state.drafts.get('draft-91be07d4c5a2f36e8810')?.draft.delivery.ticketId,
      expected: 1042,
    },
    {
      event: 'agent_changed',
      sees: (state: BoardState) => state.agents.get('204')?.presence,
      expected: 'available',
    },
    { event: 'system_changed', sees: (state: BoardState) => state.system?.pbx, expected: 'failed' },
  ])('takes $event', ({ event, sees, expected }) => {
    const state = after(eventBody(event));
    expect(sees(state)).toEqual(expected);
    expect(state.position?.sequence).toBe(119);
  });

  test('has a place for every golden of the server', () => {
    for (const { name, value } of goldens.filter(({ type }) => type === 'event')) {
      const { event } = value as { event: EventBody };
      expect(after(event).isOutOfStep, name).toBe(false);
    }
  });

  test('does not change what it was given', () => {
    const copy = structuredClone(ready);
    after(eventBody('call_changed'), eventBody('utterance_changed'), eventBody('call_removed'));
    expect(ready).toEqual(copy);
  });
});

describe('an event', () => {
  const event = eventBody('call_removed');
  test.each([
    { what: 'next in line is applied', sequence: 119, isApplied: true, isOutOfStep: false },
    { what: 'seen before is ignored', sequence: 118, isApplied: false, isOutOfStep: false },
    { what: 'long past is ignored', sequence: 3, isApplied: false, isOutOfStep: false },
    { what: 'after a gap asks for a snapshot', sequence: 120, isApplied: false, isOutOfStep: true },
  ])('$what', ({ sequence, isApplied, isOutOfStep }) => {
    const state = applyMessage(ready, { type: 'event', sequence, event }, nowMs);
    expect(state.calls.size).toBe(isApplied ? 2 : 3);
    expect(state.isOutOfStep).toBe(isOutOfStep);
  });

  test('before any snapshot asks for one', () => {
    expect(applyMessage(emptyBoard, { type: 'event', sequence: 1, event }, nowMs).isOutOfStep).toBe(true);
  });

  test('is not applied until the gap is closed by a snapshot', () => {
    const gap = applyMessage(ready, { type: 'event', sequence: 121, event }, nowMs);
    expect(gap.position).toBeNull();
    expect(applyMessage(gap, { type: 'event', sequence: 119, event }, nowMs)).toBe(gap);
    expect(applyMessage(gap, serverMessage('welcome'), nowMs).isOutOfStep).toBe(true);
    expect(applyMessage(gap, snapshot(), nowMs).isOutOfStep).toBe(false);
  });

  test('of another run of the server needs that run’s snapshot', () => {
    const welcome = { ...serverMessage('welcome'), epoch: 'e-other' } as ReturnType<typeof serverMessage>;
    const restarted = applyMessage(ready, welcome, nowMs);
    expect(restarted.position).toBeNull();
    expect(applyMessage(restarted, { type: 'event', sequence: 119, event }, nowMs).isOutOfStep).toBe(true);
    expect(applyMessage(ready, serverMessage('welcome'), nowMs).position).toEqual(ready.position);
  });
});

describe('an utterance', () => {
  test.each([
    { what: 'of a later revision replaces', change: { revision: 3, text: 'b' }, last: 'b' },
    { what: 'of the same revision is a repeat', change: { revision: 2, text: 'b' }, last: undefined },
    { what: 'of an earlier revision is late', change: { revision: 1, text: 'b' }, last: undefined },
  ])('$what', ({ change, last }) => {
    const state = after(saying(change));
    expect(texts(state)).toHaveLength(3);
    expect(texts(state).at(-1)).toBe(last ?? texts(ready).at(-1));
  });

  test('that is final is replaced by no partial text', () => {
    const state = after(saying({ revision: 3, isFinal: true, text: 'fin' }), saying({ revision: 9, text: 'x' }));
    expect(texts(state).at(-1)).toBe('fin');
  });

  test('that is final loses the words that are taken out of it', () => {
    const final = saying({ revision: 3, isFinal: true, text: 'Soleil2024' });
    const masked = saying({ revision: 4, isFinal: true, text: '[password]' });
    expect(texts(after(final, masked, final)).at(-1)).toBe('[password]');
  });

  test('stands where it was spoken, however late it comes', () => {
    const state = after(saying({ utteranceId: 'customer-0001000', startMs: 1000, text: 'tôt', revision: 1 }));
    expect(texts(state)[1]).toBe('tôt');
  });

  test('leaves the other speaker’s partial text alone', () => {
    const state = after(eventBody('utterance_changed.partial'), saying({ revision: 3, text: 'suite' }));
    expect(texts(state).slice(-2)).toEqual(['suite', 'Oui, ça dit…']);
  });
});

import { describe, expect, test } from 'vitest';
import type { Agent, Call, CallerMatch, Contact, Draft, DraftState, Delivery } from '../../src/protocol';
import { applyMessage, emptyBoard, type BoardState } from '../../src/state/board_state';
import {
  agentList,
  callViews,
  directoryAge,
  storageAlert,
  hasCard,
  indexAtByte,
  progressView,
  safeLink,
  textParts,
  ticketStatus,
  ticketViews,
  transcriptLine,
  withGaps,
} from '../../src/state/selectors';
import { eventBody, snapshot } from '../goldens';

const ready = applyMessage(emptyBoard, snapshot(), 0);
const [someCall] = snapshot().calls;
if (someCall === undefined) throw new Error('the golden snapshot has calls');
const call: Call = someCall;

function board(calls: readonly Call[]): BoardState {
  return { ...ready, calls: new Map(calls.map((item) => [item.callId, item])) };
}

describe('calls', () => {
  test('that go on stand before those that ended, and the older before the younger', () => {
    const calls: Call[] = [
      { ...call, callId: 'done', stage: 'closed', startedAtMs: 1 },
      { ...call, callId: 'young', startedAtMs: 9 },
      { ...call, callId: 'drafted', stage: 'drafted', startedAtMs: 2 },
      { ...call, callId: 'old', startedAtMs: 5 },
    ];
    expect(callViews(board(calls)).map((view) => view.call.callId)).toEqual(['old', 'young', 'drafted', 'done']);
  });

  test.each([
    { what: 'goes on', state: 'connected', stage: 'live', endedAtMs: undefined, isShown: true },
    { what: 'ended just now', state: 'ended', stage: 'drafted', endedAtMs: 40_001, isShown: true },
    {
      what: 'ended a minute ago and has its draft',
      state: 'ended',
      stage: 'drafted',
      endedAtMs: 40_000,
      isShown: false,
    },
    { what: 'ended a minute ago and is settled', state: 'ended', stage: 'closed', endedAtMs: 40_000, isShown: false },
    { what: 'was missed a minute ago', state: 'missed', stage: 'closed', endedAtMs: 40_000, isShown: false },
    { what: 'waits for its audio', state: 'ended', stage: 'live', endedAtMs: 1, isShown: true },
    { what: 'is transcribed', state: 'ended', stage: 'transcribing', endedAtMs: 1, isShown: true },
    { what: 'is analysed', state: 'ended', stage: 'analysing', endedAtMs: 1, isShown: true },
  ] as const)('one that $what has a card: $isShown', ({ state, stage, endedAtMs, isShown }) => {
    const ended = endedAtMs === undefined ? {} : { endedAtMs };
    const [view] = callViews(board([{ ...call, state, stage, ...ended }]));
    if (view === undefined) throw new Error('one call, one view');
    expect(hasCard(view, 100_000)).toBe(isShown);
  });

  test.each([
    { pbx: 'connected', isChecking: false },
    { pbx: 'connecting', isChecking: true },
    { pbx: 'failed', isChecking: true },
    { pbx: 'notConfigured', isChecking: false },
  ] as const)('while 3CX is $pbx one that goes on is being checked: $isChecking', ({ pbx, isChecking }) => {
    const calls: Call[] = [
      call,
      { ...call, callId: 'over', state: 'ended', startedAtMs: Number.MAX_SAFE_INTEGER, endedAtMs: 1 },
    ];
    const of = board(calls);
    const views = callViews({ ...of, system: of.system && { ...of.system, pbx } });
    expect(views.map((view) => view.isChecking)).toEqual([isChecking, false]);
  });

  const contact = (name: string, organizationName: string): Contact => ({
    uid: name,
    name,
    organizationId: 1,
    organizationName,
    isActive: true,
  });
  const rows: { what: string; caller: CallerMatch; remoteName: string; name: string; organization: string }[] = [
    {
      what: 'one contact is named',
      caller: { state: 'one', contacts: [contact('Julie', 'Dupré')] },
      remoteName: 'DUPRE',
      name: 'Julie',
      organization: 'Dupré',
    },
    {
      what: 'several of one company: the company only',
      caller: { state: 'several', contacts: [contact('Paul', 'Clinique'), contact('Paule', 'Clinique')] },
      remoteName: '',
      name: '',
      organization: 'Clinique',
    },
    {
      what: 'several of several companies: never a guess',
      caller: { state: 'several', contacts: [contact('Paul', 'Clinique'), contact('Jean', 'Mairie')] },
      remoteName: 'PAUL',
      name: 'PAUL',
      organization: '',
    },
    {
      what: 'an inactive contact is not named',
      caller: { state: 'inactive', contacts: [contact('Paul', 'Clinique')] },
      remoteName: '',
      name: '',
      organization: 'Clinique',
    },
    {
      what: 'a switchboard: the organisation, and nobody',
      caller: { state: 'none', contacts: [], rule: 'organizationNumber', organizationId: 1, organizationName: 'Dupré' },
      remoteName: '',
      name: '',
      organization: 'Dupré',
    },
    { what: 'nobody', caller: { state: 'none', contacts: [] }, remoteName: '', name: '', organization: '' },
  ];
  test.each(rows)('caller: $what', ({ caller, remoteName, name, organization }) => {
    const [view] = callViews(board([{ ...call, caller, remoteName }]));
    expect(view?.callerName).toBe(name);
    expect(view?.organization).toBe(organization);
  });
});

describe('the transcript', () => {
  test('says where audio was lost', () => {
    const change = eventBody('call_changed.gaps');
    if (change.type !== 'callChanged') throw new Error('not a call');
    const [utterance] = snapshot().utterances;
    if (utterance === undefined) throw new Error('the golden snapshot has utterances');
    const at = (startMs: number) => transcriptLine({ ...utterance, utteranceId: `u-${startMs}`, startMs });
    expect(change.call.gaps).toEqual([{ startMs: 61_200, endMs: 73_900 }]);
    const gaps = [...(change.call.gaps ?? []), { startMs: 99_000, endMs: 99_400 }];
    const shown = withGaps([at(5_000), at(60_000), at(61_200)], gaps);
    expect(shown.map(({ id }) => id)).toEqual(['u-5000', 'u-60000', 'gap-61200', 'u-61200', 'gap-99000']);
    expect(shown[2]).toEqual({ id: 'gap-61200', startMs: 61_200, lostMs: 12_700 });
    expect(withGaps([at(5_000)], [])).toEqual([at(5_000)]);
  });
});

describe('a line of the transcript', () => {
  test.each([
    { text: 'abc', bytes: 2, index: 2 },
    { text: 'été', bytes: 2, index: 1 },
    { text: 'été', bytes: 1, index: 0 },
    { text: 'été', bytes: 5, index: 3 },
    { text: '📞 oui', bytes: 4, index: 2 },
    { text: '📞 oui', bytes: 3, index: 0 },
    { text: 'oui', bytes: 99, index: 3 },
    { text: 'oui', bytes: 0, index: 0 },
  ])('$text has $bytes bytes up to $index', ({ text, bytes, index }) => {
    expect(indexAtByte(text, bytes)).toBe(index);
  });

  test('is cut into what stays and what may change', () => {
    const [, , partial] = snapshot().utterances;
    if (partial === undefined) throw new Error('the golden snapshot has three utterances');
    const line = transcriptLine(partial);
    expect(line.settled).toEqual([{ text: "D'accord. Est-ce qu'un message" }]);
    expect(line.tentative).toBe(" s'affiche sur l'écran de l'imprimante");
    expect(transcriptLine({ ...partial, isFinal: true }).tentative).toBe('');
  });

  test('says of each corrected word what was heard', () => {
    const change = eventBody('utterance_changed.corrected');
    if (change.type !== 'utteranceChanged') throw new Error('not an utterance');
    const { utterance } = change;
    expect(transcriptLine(utterance).settled).toEqual([
      { text: 'Chez ' },
      { text: 'Nordconfort', heard: 'nord confor' },
      { text: ", le scanner n'envoie plus rien à " },
      { text: 'Outlook', heard: 'outlouk' },
      { text: '.' },
    ]);
    expect(transcriptLine({ ...utterance, isFinal: false }).settled).toHaveLength(1);
  });

  test.each([
    { what: 'before the text', corrections: [{ at: -1, length: 2, heard: 'x' }] },
    { what: 'behind the text', corrections: [{ at: 9, length: 2, heard: 'x' }] },
    { what: 'of nothing', corrections: [{ at: 1, length: 0, heard: 'x' }] },
    { what: 'within a character', corrections: [{ at: 1, length: 1, heard: 'x' }] },
  ])('a correction $what is passed over', ({ corrections }) => {
    expect(textParts('aé', corrections)).toEqual([{ text: 'aé' }]);
  });

  test('of two corrections at one place the first counts', () => {
    const corrections = [
      { at: 0, length: 3, heard: 'x' },
      { at: 1, length: 2, heard: 'y' },
    ];
    expect(textParts('aéb', corrections)).toEqual([{ text: 'aé', heard: 'x' }, { text: 'b' }]);
  });
});

test.each([
  { parentId: 1000, isDeleted: false, kind: 'open' },
  { parentId: 4000, isDeleted: false, kind: 'open' },
  { parentId: 5000, isDeleted: false, kind: 'resolved' },
  { parentId: 6000, isDeleted: false, kind: 'closed' },
  { parentId: 6000, isDeleted: true, kind: 'deleted' },
])('a ticket at $parentId, deleted: $isDeleted, is $kind', ({ parentId, isDeleted, kind }) => {
  const progress = { statusId: parentId + 1, parentId, status: 'Fini', isDeleted, changedAtMs: 1, seenAtMs: 2 };
  const delivery: Delivery = { state: 'created', hasTranscriptNote: true, problem: '', problemCode: '' };
  expect(progressView({ ...delivery, progress })).toEqual({ kind, status: 'Fini' });
  expect(progressView(delivery)).toBeNull();
});

describe('the directory', () => {
  const system = { ...snapshot().system };
  delete system.directoryAtMs;
  const hour = 3_600_000;
  test.each([
    { what: 'is fresh', change: { ninja: 'connected', directoryAtMs: 9 * hour }, said: null },
    { what: 'is an hour old', change: { ninja: 'failed', directoryAtMs: 9 * hour - 1 }, said: hour + 1 },
    { what: 'was never read', change: { ninja: 'needsLogin' }, said: 'never' },
    { what: 'is about to be read', change: { ninja: 'connecting' }, said: null },
    { what: 'is of nobody', change: { ninja: 'notConfigured' }, said: null },
  ] as const)('that $what', ({ change, said }) => {
    expect(directoryAge({ ...system, ...change }, 10 * hour)).toBe(said);
  });
});

test.each([
  { storageProblem: undefined, said: null },
  { storageProblem: 'audioNotStored', said: 'audioNotStored' },
  { storageProblem: 'databaseNotWritten', said: 'databaseNotWritten' },
  { storageProblem: 'aWordOfLater', said: 'other' },
])('a storage problem $storageProblem is shown as $said', ({ storageProblem, said }) => {
  const system = { ...snapshot().system };
  delete system.storageProblem;
  expect(storageAlert(storageProblem === undefined ? system : { ...system, storageProblem })).toBe(said);
});

describe('tickets', () => {
  const change = eventBody('draft_changed');
  if (change.type !== 'draftChanged') throw new Error('not a draft');
  const { draft } = change;
  const withStates = (state: DraftState, delivery: Delivery['state'], problemCode = ''): Draft => ({
    ...draft,
    isAutomatic: true,
    state,
    delivery: { ...draft.delivery, state: delivery, problemCode },
  });

  test.each([
    { draft: { ...withStates('inbox', 'none'), countdownLeftMs: 0 }, status: 'review' },
    { draft: { ...withStates('inbox', 'none'), countdownLeftMs: 8_000 }, status: 'awaited' },
    { draft: { ...withStates('inbox', 'none'), countdownLeftMs: 8_000, isAutomatic: false }, status: 'undecided' },
    { draft: withStates('counting', 'none'), status: 'counting' },
    { draft: { ...withStates('counting', 'none'), isAutomatic: false }, status: 'undecided' },
    { draft: withStates('paused', 'none'), status: 'paused' },
    { draft: withStates('discarded', 'none'), status: 'discarded' },
    { draft: withStates('confirmed', 'none'), status: 'sending' },
    { draft: withStates('confirmed', 'queued'), status: 'sending' },
    { draft: withStates('confirmed', 'sending'), status: 'sending' },
    { draft: withStates('confirmed', 'unknown'), status: 'checking' },
    { draft: withStates('confirmed', 'waiting'), status: 'waiting' },
    { draft: withStates('confirmed', 'unconfirmed'), status: 'unconfirmed' },
    { draft: withStates('confirmed', 'rejected'), status: 'rejected' },
    { draft: withStates('confirmed', 'rejected', 'givenUp'), status: 'discarded' },
    { draft: withStates('confirmed', 'created'), status: 'created' },
  ])('$draft.state and $draft.delivery.state is $status', ({ draft: given, status }) => {
    expect(ticketStatus(given)).toBe(status);
  });

  test('that need a person stand first, those that are done last', () => {
    const drafts = [
      { ...withStates('confirmed', 'created'), draftId: 'created' },
      { ...withStates('counting', 'none'), draftId: 'counting' },
      { ...withStates('inbox', 'none'), countdownLeftMs: 0, draftId: 'review' },
      { ...withStates('confirmed', 'unconfirmed'), draftId: 'unconfirmed' },
    ];
    const state = { ...ready, drafts: new Map(drafts.map((item) => [item.draftId, { draft: item, receivedAtMs: 0 }])) };
    expect(ticketViews(state).map((view) => view.draft.draftId)).toEqual([
      'unconfirmed',
      'review',
      'counting',
      'created',
    ]);
  });

  test('of an agent without a name are its extension’s', () => {
    const agent = { ...agentList(ready)[0], extension: draft.extension, name: '' };
    const agents = new Map([[draft.extension, agent as Agent]]);
    const state = { ...ready, agents, drafts: new Map([[draft.draftId, { draft, receivedAtMs: 0 }]]) };
    expect(ticketViews(state)[0]?.technician).toBe(draft.extension);
  });

  test('count down from the moment the message came, on the server’s clock', () => {
    const state = applyMessage(ready, { type: 'event', sequence: 119, event: change }, 5_000);
    const view = ticketViews(state).find((ticket) => ticket.draft.draftId === draft.draftId);
    expect(view?.zeroAtMs).toBe(5_000 + ready.clockOffsetMs + 11_250);
  });

  test.each([
    { url: 'https://app.ninjarmm.com/#/ticketing/ticket/1042', isSafe: true },
    { url: 'http://localhost:4100/tickets/1', isSafe: true },
    { url: 'javascript:alert(1)', isSafe: false },
    { url: 'data:text/html,x', isSafe: false },
    { url: undefined, isSafe: false },
  ])('link to $url: $isSafe', ({ url, isSafe }) => {
    expect(safeLink(url)).toBe(isSafe ? url : null);
  });
});

test('agents in a call stand first, those offline last', () => {
  expect(agentList(ready).map(({ name }) => name)).toEqual(['Nadia Benali', 'Thomas Lefèvre', 'Inès Moreau']);
});

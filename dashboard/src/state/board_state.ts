import type {
  Agent,
  Call,
  Draft,
  EventBody,
  EventPosition,
  ServerMessage,
  Snapshot,
  SystemStatus,
  Utterance,
} from '../protocol';
import { assertNever } from './assert_never';
import { withKnownPresence } from './presence';

/** A draft, and when it came by this computer's clock: its countdown runs from there. */
export interface HeldDraft {
  readonly draft: Draft;
  readonly receivedAtMs: number;
}

/** Everything the board knows. The messages of the socket folded over `emptyBoard`. */
export interface BoardState {
  /** The last event applied; null before the first snapshot. */
  readonly position: EventPosition | null;
  /** An event is missing: nothing more is applied until a snapshot comes. */
  readonly isOutOfStep: boolean;
  /** Add to this computer's clock to get the server's. */
  readonly clockOffsetMs: number;
  readonly serverVersion: string;
  readonly role: string;
  readonly calls: ReadonlyMap<string, Call>;
  /** By call, in the order of speech. */
  readonly utterances: ReadonlyMap<string, readonly Utterance[]>;
  readonly drafts: ReadonlyMap<string, HeldDraft>;
  readonly agents: ReadonlyMap<string, Agent>;
  readonly system: SystemStatus | null;
  /** What the server last complained about. */
  readonly problem: string;
}

export const emptyBoard: BoardState = {
  position: null,
  isOutOfStep: false,
  clockOffsetMs: 0,
  serverVersion: '',
  role: '',
  calls: new Map(),
  utterances: new Map(),
  drafts: new Map(),
  agents: new Map(),
  system: null,
  problem: '',
};

/** Pure. `receivedAtMs` is this computer's time, for the difference of the clocks. */
export function applyMessage(state: BoardState, message: ServerMessage, receivedAtMs: number): BoardState {
  switch (message.type) {
    case 'welcome': {
      const isSameRun = state.position !== null && state.position.epoch === message.epoch;
      const next = { ...state, serverVersion: message.serverVersion, role: message.role, problem: '' };
      return isSameRun ? next : { ...next, position: null };
    }
    case 'snapshot':
      return fromSnapshot(state, message, receivedAtMs);
    case 'event': {
      if (state.isOutOfStep) return state;
      if (state.position === null) return outOfStep(state);
      const { epoch, sequence } = state.position;
      if (message.sequence <= sequence) return state; // a repeat
      if (message.sequence > sequence + 1) return outOfStep(state);
      return { ...applyEvent(state, message.event, receivedAtMs), position: { epoch, sequence: message.sequence } };
    }
    case 'errorReply':
      return { ...state, problem: message.message };
    case 'audioReady':
    case 'audioAck':
      return state; // for agent programs
    default:
      return assertNever(message);
  }
}

/** Without a position the next hello asks for a snapshot, however often the connection is lost before it comes. */
function outOfStep(state: BoardState): BoardState {
  return { ...state, position: null, isOutOfStep: true };
}

function fromSnapshot(state: BoardState, snapshot: Snapshot, receivedAtMs: number): BoardState {
  const utterances = new Map<string, readonly Utterance[]>();
  for (const utterance of snapshot.utterances)
    utterances.set(utterance.callId, withUtterance(utterances.get(utterance.callId) ?? [], utterance));
  return {
    ...state,
    position: { epoch: snapshot.epoch, sequence: snapshot.sequence },
    isOutOfStep: false,
    clockOffsetMs: snapshot.serverTimeMs - receivedAtMs,
    calls: new Map(snapshot.calls.map((call) => [call.callId, call])),
    utterances,
    drafts: new Map(snapshot.drafts.map((draft) => [draft.draftId, { draft, receivedAtMs }])),
    agents: new Map(snapshot.agents.map((agent) => [agent.extension, withKnownPresence(agent)])),
    system: snapshot.system,
    problem: '',
  };
}

function applyEvent(state: BoardState, event: EventBody, receivedAtMs: number): BoardState {
  switch (event.type) {
    case 'callChanged':
      return { ...state, calls: new Map(state.calls).set(event.call.callId, event.call) };
    case 'callRemoved':
      return {
        ...state,
        calls: without(state.calls, event.callId),
        utterances: without(state.utterances, event.callId),
        drafts: new Map([...state.drafts].filter(([, { draft }]) => draft.callId !== event.callId)),
      };
    case 'utteranceChanged': {
      const { utterance } = event;
      const before = state.utterances.get(utterance.callId) ?? [];
      const after = withUtterance(before, utterance);
      if (after === before) return state;
      return { ...state, utterances: new Map(state.utterances).set(utterance.callId, after) };
    }
    case 'draftChanged':
      return { ...state, drafts: new Map(state.drafts).set(event.draft.draftId, { draft: event.draft, receivedAtMs }) };
    case 'agentChanged':
      return { ...state, agents: new Map(state.agents).set(event.agent.extension, withKnownPresence(event.agent)) };
    case 'systemChanged':
      return { ...state, system: event.system };
    default:
      return assertNever(event);
  }
}

function without<T>(items: ReadonlyMap<string, T>, id: string): ReadonlyMap<string, T> {
  const next = new Map(items);
  next.delete(id);
  return next;
}

/** `lines` with `utterance` at its place; `lines` itself when it is older than what is there. */
function withUtterance(lines: readonly Utterance[], utterance: Utterance): readonly Utterance[] {
  const known = lines.find(({ utteranceId }) => utteranceId === utterance.utteranceId);
  // A final text changes only where words are taken out of it.
  if (known && ((known.isFinal && !utterance.isFinal) || known.revision >= utterance.revision)) return lines;
  const others = lines.filter((line) => line !== known);
  const at = others.findIndex((line) => line.startMs > utterance.startMs);
  return at < 0 ? [...others, utterance] : [...others.slice(0, at), utterance, ...others.slice(at)];
}

import type {
  Agent,
  AudioGap,
  Call,
  Correction,
  Delivery,
  Draft,
  QueueState,
  SystemStatus,
  Utterance,
} from '../protocol';
import type { BoardState, HeldDraft } from './board_state';
import { presenceRank } from './presence';

/** A call as its card shows it. */
export interface CallView {
  readonly call: Call;
  readonly lines: readonly (TranscriptLine | GapLine)[];
  readonly callerName: string;
  readonly organization: string;
  /** What the timer counts from, and where it stopped. */
  readonly timerFromMs: number;
  readonly timerUntilMs: number | null;
  /** Nobody can say at the moment whether it goes on: the server is looking for the PBX, as after a restart. */
  readonly isChecking: boolean;
}

/** A piece of a text; `heard` is what stood there before it was corrected. */
export interface TextPart {
  readonly text: string;
  readonly heard?: string;
}

export interface TranscriptLine {
  readonly id: string;
  readonly channel: Utterance['channel'];
  readonly startMs: number;
  readonly isFinal: boolean;
  /** Will not change any more. */
  readonly settled: readonly TextPart[];
  /** May still change. */
  readonly tentative: string;
}

/** Where audio was lost: a silence there would be read as nobody speaking. */
export interface GapLine {
  readonly id: string;
  readonly startMs: number;
  readonly lostMs: number;
}

const callRank: Record<Call['stage'], number> = { live: 0, transcribing: 1, analysing: 2, drafted: 3, closed: 4 };

/** Calls that go on before those that ended; within these the longest-standing first, so that cards do not jump. */
export function callViews(state: BoardState): readonly CallView[] {
  const isBlind = state.system?.pbx === 'connecting' || state.system?.pbx === 'failed';
  return [...state.calls.values()]
    .sort(
      (a, b) => callRank[a.stage] - callRank[b.stage] || a.startedAtMs - b.startedAtMs || compare(a.callId, b.callId),
    )
    .map((call) => callView(call, state.utterances.get(call.callId) ?? [], isBlind));
}

/** An ended call keeps its card so long; then its draft, in the list of tickets, stands for it. */
const cardLingerMs = 60_000;

export function hasCard({ call }: CallView, nowMs: number): boolean {
  const isWrittenUp = call.stage === 'drafted' || call.stage === 'closed';
  return call.endedAtMs === undefined || !isWrittenUp || nowMs - call.endedAtMs < cardLingerMs;
}

function callView(call: Call, utterances: readonly Utterance[], isBlind: boolean): CallView {
  const [contact] = call.caller.contacts;
  const known = call.caller.state === 'one' && contact !== undefined ? contact : null;
  const organizations = new Set(call.caller.contacts.map(({ organizationName }) => organizationName));
  const [onlyOrganization] = organizations;
  return {
    call,
    lines: withGaps(utterances.filter(({ text }) => text.trim() !== '').map(transcriptLine), call.gaps ?? []),
    callerName: known?.name ?? call.remoteName,
    organization:
      organizations.size === 1 && onlyOrganization ? onlyOrganization : (call.caller.organizationName ?? ''),
    timerFromMs: call.answeredAtMs ?? call.startedAtMs,
    timerUntilMs: call.endedAtMs ?? null,
    isChecking: isBlind && call.endedAtMs === undefined,
  };
}

/** Lines stay in their order; each gap stands before the first that began later. */
export function withGaps(
  lines: readonly TranscriptLine[],
  gaps: readonly AudioGap[],
): readonly (TranscriptLine | GapLine)[] {
  const left = gaps.map(({ startMs, endMs }) => ({ id: `gap-${startMs}`, startMs, lostMs: endMs - startMs }));
  const shown: (TranscriptLine | GapLine)[] = [];
  for (const line of lines) {
    while (left[0] !== undefined && left[0].startMs <= line.startMs) shown.push(...left.splice(0, 1));
    shown.push(line);
  }
  return [...shown, ...left];
}

export function transcriptLine(utterance: Utterance): TranscriptLine {
  const { text, isFinal } = utterance;
  const cut = isFinal ? text.length : indexAtByte(text, utterance.stableBytes);
  return {
    id: utterance.utteranceId,
    channel: utterance.channel,
    startMs: utterance.startMs,
    isFinal,
    settled: textParts(text.slice(0, cut), (isFinal && utterance.corrections) || []),
    tentative: text.slice(cut),
  };
}

/** `text` in pieces, each correction one of its own. One that fits no place of the text is passed over. */
export function textParts(text: string, corrections: readonly Correction[]): readonly TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const { at, length, heard } of corrections) {
    const begin = indexAtByte(text, at);
    const end = indexAtByte(text, at + length);
    if (at < 0 || begin < done || end <= begin) continue;
    if (begin > done) parts.push({ text: text.slice(done, begin) });
    parts.push({ text: text.slice(begin, end), heard });
    done = end;
  }
  if (done < text.length) parts.push({ text: text.slice(done) });
  return parts;
}

/** Where in `text` the first `bytes` bytes of its UTF-8 end; never inside a character. */
export function indexAtByte(text: string, bytes: number): number {
  let used = 0;
  let index = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    used += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (used > bytes) break;
    index += character.length;
  }
  return index;
}

export type TicketStatus =
  | 'awaited'
  | 'undecided'
  | 'review'
  | 'counting'
  | 'paused'
  | 'sending'
  | 'checking'
  | 'waiting'
  | 'unconfirmed'
  | 'rejected'
  | 'created'
  | 'discarded';

export interface TicketView {
  readonly draft: Draft;
  readonly status: TicketStatus;
  readonly needsAttention: boolean;
  readonly technician: string;
  /** The technician's program has no connection: a countdown stands still. */
  readonly isOutOfReach: boolean;
  /** Only ever http or https. */
  readonly link: string | null;
  /** The server's time at which a running countdown reaches zero. */
  readonly zeroAtMs: number;
  /** Of a discarded draft whose call a later call's ticket carries. */
  readonly continuation: Continuation | null;
}

export interface Continuation {
  /** Not there while the ticket is not made, or the later draft is not known here. */
  readonly ticketId?: number;
}

export function ticketStatus(draft: Draft): TicketStatus {
  switch (draft.state) {
    case 'inbox':
      if (draft.countdownLeftMs <= 0) return 'review';
      return draft.isAutomatic ? 'awaited' : 'undecided'; // its popup is about to show
    case 'counting':
      return draft.isAutomatic ? 'counting' : 'undecided'; // at zero nothing is created
    case 'paused':
    case 'discarded':
      return draft.state;
    case 'confirmed':
      break;
  }
  if (draft.delivery.problemCode === 'givenUp') return 'discarded';
  switch (draft.delivery.state) {
    case 'unknown':
      return 'checking';
    case 'waiting':
    case 'unconfirmed':
    case 'rejected':
    case 'created':
      return draft.delivery.state;
    case 'none':
    case 'queued':
    case 'sending':
      return 'sending';
  }
}

/** The same as the server's figures: drafts to review, and tickets that are not settled. */
const attention: ReadonlySet<TicketStatus> = new Set(['unconfirmed', 'rejected', 'waiting', 'checking', 'review']);

/** What needs a person first, then what is under way, then what is done; each newest first. */
export function ticketViews(state: BoardState): readonly TicketView[] {
  return [...state.drafts.values()]
    .map((held) => ticketView(held, state))
    .sort(
      (a, b) =>
        ticketRank(a) - ticketRank(b) ||
        b.draft.changedAtMs - a.draft.changedAtMs ||
        compare(a.draft.draftId, b.draft.draftId),
    );
}

function ticketRank(ticket: TicketView): number {
  if (ticket.needsAttention) return ticket.status === 'review' ? 1 : 0;
  return ticket.status === 'created' || ticket.status === 'discarded' ? 3 : 2;
}

function ticketView({ draft, receivedAtMs }: HeldDraft, state: BoardState): TicketView {
  const status = ticketStatus(draft);
  return {
    draft,
    status,
    needsAttention: attention.has(status),
    technician: state.agents.get(draft.extension)?.name || draft.extension,
    isOutOfReach: state.agents.get(draft.extension)?.isConnected !== true,
    link: safeLink(draft.delivery.ticketUrl),
    zeroAtMs: receivedAtMs + state.clockOffsetMs + draft.countdownLeftMs,
    continuation: continuationOf(draft, state),
  };
}

function continuationOf({ continuedIn }: Draft, state: BoardState): Continuation | null {
  if (continuedIn === undefined) return null;
  const ticketId = state.drafts.get(continuedIn)?.draft.delivery.ticketId;
  return ticketId === undefined ? {} : { ticketId };
}

/** What has become of a ticket in NinjaOne. */
export interface ProgressView {
  readonly kind: 'open' | 'resolved' | 'closed' | 'deleted';
  /** In the tenant's words; empty when they are not known. */
  readonly status: string;
}

export function progressView({ progress }: Delivery): ProgressView | null {
  if (progress === undefined) return null;
  const { isDeleted, parentId, status } = progress;
  return { kind: isDeleted ? 'deleted' : parentId >= 6000 ? 'closed' : parentId >= 5000 ? 'resolved' : 'open', status };
}

/** Then the directory is no news any more; it is read every few minutes. */
const directoryOldMs = 3_600_000;

/** What is to be said of NinjaOne's directory: that it was never read, or its age; null while it is fresh. */
export function directoryAge(system: SystemStatus, nowMs: number): 'never' | number | null {
  const { ninja, directoryAtMs } = system;
  if (ninja === 'notConfigured') return null;
  if (directoryAtMs === undefined) return ninja === 'connecting' ? null : 'never';
  const ageMs = nowMs - directoryAtMs;
  return ageMs > directoryOldMs ? ageMs : null;
}

/** What the server cannot put on its disk; null: nothing. */
export function storageAlert(system: SystemStatus): 'audioNotStored' | 'databaseNotWritten' | 'other' | null {
  const { storageProblem } = system;
  if (storageProblem === undefined) return null;
  return storageProblem === 'audioNotStored' || storageProblem === 'databaseNotWritten' ? storageProblem : 'other';
}

export function safeLink(url: string | undefined): string | null {
  return url !== undefined && /^https?:\/\//i.test(url) ? url : null;
}

/** Who waits in the queues of the PBX, all taken together. */
export interface WaitingView {
  readonly waiting: number;
  /** Of the one who has waited longest; null: nobody waits. */
  readonly longestMs: number | null;
  /** Longer than the site wants. */
  readonly isLong: boolean;
  /** Those that somebody waits in, the longest wait first. */
  readonly queues: readonly QueueState[];
}

/** Null: the PBX does not show its queues, or has none. */
export function waitingView(system: SystemStatus | null, nowMs: number): WaitingView | null {
  const queues = system?.queues ?? [];
  if (queues.length === 0) return null;
  const since = (queue: QueueState): number => queue.oldestSinceMs ?? Infinity;
  const used = queues.filter(({ waiting }) => waiting > 0).sort((a, b) => since(a) - since(b));
  const oldest = used[0]?.oldestSinceMs;
  return {
    waiting: used.reduce((sum, { waiting }) => sum + waiting, 0),
    longestMs: oldest === undefined ? null : Math.max(0, nowMs - oldest),
    isLong: used.some(({ isLongWait }) => isLongWait === true),
    queues: used,
  };
}

export function agentList(state: BoardState): readonly Agent[] {
  return [...state.agents.values()].sort(
    (a, b) =>
      presenceRank[a.presence] - presenceRank[b.presence] ||
      compare(a.name, b.name) ||
      compare(a.extension, b.extension),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

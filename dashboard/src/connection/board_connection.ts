import { protocolVersion, type EventPosition, type Hello, type ServerMessage } from '../protocol';
import { reconnectDelayMs } from './backoff';
import { decodeServerMessage } from './decode';
import type { Session } from './session';

/** Where the connection stands. Times are this computer's, in milliseconds since 1970. */
export type Phase =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected'; readonly sinceMs: number }
  | { readonly kind: 'reconnecting'; readonly sinceMs: number; readonly nextAttemptAtMs: number | null }
  | { readonly kind: 'loggedOut' };

/** The part of WebSocket that is used here; tests put their own in its place. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  send(text: string): void;
  close(): void;
}

export interface Environment {
  openSocket(): Socket;
  session(): Promise<Session>;
  now(): number;
  random(): number;
  clientVersion: string;
}

export interface Listener {
  onMessage(message: ServerMessage): void;
  onPhase(phase: Phase): void;
  /** The last event applied, or null to be given a snapshot. */
  position(): EventPosition | null;
  /** A message that was refused; the connection starts over with a snapshot. */
  onRefused(problem: string): void;
}

const handshakeDeadlineMs = 10_000;
const watchIntervalMs = 10_000;
const quietLimitMs = 20_000; // silence after which the server is asked whether it is still there
const stableAfterMs = 5_000; // a connection that lived this long starts the backoff anew

/**
 * Keeps one WebSocket to the server for ever: says hello, checks every message, and after a loss comes back with
 * growing pauses at the place where it was. Stops by itself only when the server says that nobody is logged in.
 */
export class BoardConnection {
  readonly #environment: Environment;
  readonly #listener: Listener;
  #socket: Socket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  #attempt = 0;
  #phase: Phase = { kind: 'connecting' };
  #wantsSnapshot = false;
  #lastHeardMs = 0;
  #isRunning = false;

  constructor(environment: Environment, listener: Listener) {
    this.#environment = environment;
    this.#listener = listener;
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#attempt = 0;
    this.#setPhase({ kind: 'connecting' });
    this.#watch = setInterval(() => void this.#askWhenQuiet(), watchIntervalMs);
    this.#open();
  }

  stop(): void {
    this.#isRunning = false;
    clearTimeout(this.#timer);
    clearInterval(this.#watch);
    this.#release();
  }

  /** The state has lost step with the events: come back with a snapshot. */
  resync(): void {
    if (!this.#isRunning) return;
    this.#wantsSnapshot = true;
    this.#lose();
  }

  #setPhase(phase: Phase): void {
    this.#phase = phase;
    this.#listener.onPhase(phase);
  }

  #open(): void {
    const socket = this.#environment.openSocket();
    this.#socket = socket;
    this.#timer = setTimeout(() => this.#lose(), handshakeDeadlineMs);
    socket.onopen = () => socket.send(JSON.stringify(this.#hello()));
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = () => this.#lose();
  }

  #hello(): Hello {
    const lastEvent = this.#wantsSnapshot ? null : this.#listener.position();
    return {
      type: 'hello',
      protocol: protocolVersion,
      face: 'board',
      client: { name: '3cx-ninja-dashboard', version: this.#environment.clientVersion },
      ...(lastEvent === null ? {} : { lastEvent }),
    };
  }

  #receive(data: unknown): void {
    this.#lastHeardMs = this.#environment.now();
    const decoded = decodeServerMessage(data);
    if (!decoded.ok) {
      this.#listener.onRefused(decoded.problem);
      this.resync();
      return;
    }
    if (decoded.message.type === 'snapshot') this.#wantsSnapshot = false;
    if (decoded.message.type === 'welcome') {
      clearTimeout(this.#timer);
      this.#setPhase({ kind: 'connected', sinceMs: this.#environment.now() });
    }
    this.#listener.onMessage(decoded.message);
  }

  /** Lets go of the socket; whatever it still says is not heard. */
  #release(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #lose(): void {
    clearTimeout(this.#timer);
    this.#release();
    if (!this.#isRunning) return;
    const now = this.#environment.now();
    const before = this.#phase;
    if (before.kind === 'connected' && now - before.sinceMs >= stableAfterMs) this.#attempt = 0;
    const sinceMs = before.kind === 'reconnecting' ? before.sinceMs : now;
    const delayMs = reconnectDelayMs(this.#attempt, this.#environment.random());
    this.#attempt += 1;
    this.#setPhase({ kind: 'reconnecting', sinceMs, nextAttemptAtMs: now + delayMs });
    this.#timer = setTimeout(() => void this.#retry(sinceMs), delayMs);
  }

  async #retry(sinceMs: number): Promise<void> {
    this.#setPhase({ kind: 'reconnecting', sinceMs, nextAttemptAtMs: null });
    const session = await this.#environment.session();
    if (!this.#isRunning || this.#socket !== null) return;
    if (session.kind === 'loggedOut') this.#leave();
    else if (session.kind === 'unreachable') this.#lose();
    else this.#open();
  }

  /** A cut cable closes no socket: after a silence, ask over HTTP. */
  async #askWhenQuiet(): Promise<void> {
    if (this.#phase.kind !== 'connected') return;
    if (this.#environment.now() - this.#lastHeardMs < quietLimitMs) return;
    const asked = this.#socket;
    const session = await this.#environment.session();
    if (!this.#isRunning || this.#socket !== asked) return;
    if (session.kind === 'loggedOut') this.#leave();
    else if (session.kind === 'unreachable') this.#lose();
  }

  #leave(): void {
    this.stop();
    this.#setPhase({ kind: 'loggedOut' });
  }
}

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BoardConnection, type Phase, type Socket } from '../../src/connection/board_connection';
import type { Session } from '../../src/connection/session';
import type { EventPosition, ServerMessage } from '../../src/protocol';
import { serverMessage } from '../goldens';

class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: string[] = [];
  isClosed = false;
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.isClosed = true;
  }
  says(message: ServerMessage): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

class World {
  readonly sockets: FakeSocket[] = [];
  readonly phases: Phase[] = [];
  readonly messages: ServerMessage[] = [];
  readonly refused: string[] = [];
  session: Session = { kind: 'loggedIn', role: 'dashboard' };
  position: EventPosition | null = null;
  readonly connection = new BoardConnection(
    {
      openSocket: () => {
        const socket = new FakeSocket();
        this.sockets.push(socket);
        return socket;
      },
      session: async () => this.session,
      now: () => Date.now(),
      random: () => 0,
      clientVersion: '1.2.3',
    },
    {
      onMessage: (message) => this.messages.push(message),
      onPhase: (phase) => this.phases.push(phase),
      position: () => this.position,
      onRefused: (problem) => this.refused.push(problem),
    },
  );

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error('no socket was opened');
    return socket;
  }
  get phase(): Phase | undefined {
    return this.phases.at(-1);
  }
  connect(): void {
    this.connection.start();
    this.socket.onopen?.();
    this.socket.says(serverMessage('welcome'));
  }
  /** Lets time pass until the next attempt, and opens its socket. */
  async comeBack(): Promise<void> {
    const before = this.sockets.length;
    while (this.sockets.length === before) await vi.advanceTimersByTimeAsync(100);
    this.socket.onopen?.();
  }
}

describe('the board’s connection', () => {
  let world: World;
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
    world = new World();
  });
  afterEach(() => {
    world.connection.stop();
    vi.useRealTimers();
  });

  test('says hello first and is connected when it is welcomed', () => {
    world.connection.start();
    expect(world.phase).toEqual({ kind: 'connecting' });
    expect(world.socket.sent).toEqual([]);
    world.socket.onopen?.();
    expect(world.socket.sent.map((text) => JSON.parse(text) as unknown)).toEqual([
      { type: 'hello', protocol: 1, face: 'board', client: { name: '3cx-ninja-dashboard', version: '1.2.3' } },
    ]);
    world.socket.says(serverMessage('welcome'));
    expect(world.phase).toEqual({ kind: 'connected', sinceMs: 1_000_000 });
  });

  test('comes back where it was', async () => {
    world.connect();
    world.position = { epoch: 'e-1', sequence: 42 };
    world.socket.onclose?.();
    expect(world.phase).toEqual({ kind: 'reconnecting', sinceMs: 1_000_000, nextAttemptAtMs: 1_000_500 });
    await vi.advanceTimersByTimeAsync(500);
    expect(world.sockets).toHaveLength(2);
    world.socket.onopen?.();
    expect(JSON.parse(world.socket.sent[0] ?? '')).toMatchObject({ lastEvent: { epoch: 'e-1', sequence: 42 } });
  });

  test('keeps trying for ever, with growing pauses, and counts from the first loss', async () => {
    world.connect();
    world.session = { kind: 'unreachable' };
    world.socket.onclose?.();
    await vi.advanceTimersByTimeAsync(24 * 3600 * 1000);
    expect(world.sockets).toHaveLength(1);
    const last = world.phase;
    expect(last?.kind === 'reconnecting' && last.sinceMs).toBe(1_000_000);
    world.session = { kind: 'loggedIn', role: 'dashboard' };
    await vi.advanceTimersByTimeAsync(15_000);
    expect(world.sockets).toHaveLength(2);
  });

  test('stops when nobody is logged in any more', async () => {
    world.connect();
    world.session = { kind: 'loggedOut' };
    world.socket.onclose?.();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(world.phase).toEqual({ kind: 'loggedOut' });
    expect(world.sockets).toHaveLength(1);
  });

  test('gives up a server that does not welcome it in time', async () => {
    world.connection.start();
    const silent = world.socket;
    silent.onopen?.();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(silent.isClosed).toBe(true);
    expect(world.phase?.kind).toBe('reconnecting');
  });

  test('refuses a broken message and asks for a snapshot', async () => {
    world.connect();
    world.position = { epoch: 'e-1', sequence: 42 };
    const first = world.socket;
    first.onmessage?.({ data: '{"type":"event","sequence":"x"}' });
    expect(world.refused).toHaveLength(1);
    expect(first.isClosed).toBe(true);
    await vi.advanceTimersByTimeAsync(500);
    world.socket.onopen?.();
    expect(JSON.parse(world.socket.sent[0] ?? '')).not.toHaveProperty('lastEvent');
  });

  test('still asks for a snapshot when it is lost again before one came', async () => {
    world.connect();
    world.position = { epoch: 'e-1', sequence: 42 };
    world.connection.resync();
    await world.comeBack();
    world.socket.says(serverMessage('welcome'));
    world.socket.onclose?.();
    await world.comeBack();
    expect(JSON.parse(world.socket.sent[0] ?? '')).not.toHaveProperty('lastEvent');
    world.socket.says(serverMessage('welcome'));
    world.socket.says(serverMessage('snapshot'));
    world.socket.onclose?.();
    await world.comeBack();
    expect(JSON.parse(world.socket.sent[0] ?? '')).toHaveProperty('lastEvent');
  });

  test('hears nothing of a socket it has let go', () => {
    world.connect();
    const old = world.socket;
    world.connection.resync();
    const count = world.messages.length;
    old.says(serverMessage('snapshot'));
    old.onclose?.();
    expect(world.messages).toHaveLength(count);
  });

  test('notices a cut cable by asking after a silence', async () => {
    world.connect();
    world.session = { kind: 'unreachable' };
    await vi.advanceTimersByTimeAsync(30_000);
    expect(world.phase?.kind).toBe('reconnecting');
  });

  test('leaves a quiet server alone as long as it answers', async () => {
    world.connect();
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(world.phase?.kind).toBe('connected');
    expect(world.sockets).toHaveLength(1);
  });

  test('does not hammer a server that drops it after each welcome', async () => {
    world.connect();
    for (let round = 0; round < 20; ++round) {
      world.socket.onclose?.();
      await world.comeBack();
      world.socket.says(serverMessage('welcome'));
    }
    world.socket.onclose?.();
    const phase = world.phase;
    expect(phase?.kind === 'reconnecting' && phase.nextAttemptAtMs).toBe(Date.now() + 15_000);
  });

  test('is silent after it was stopped', async () => {
    world.connect();
    world.connection.stop();
    const count = world.phases.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(world.phases).toHaveLength(count);
    expect(world.socket.isClosed).toBe(true);
  });
});

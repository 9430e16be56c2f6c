import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import type { EventBody, EventPosition, Hello, ServerMessage, Snapshot } from '../../src/protocol';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** Stricter than the server's own policy: what runs under this one runs there. */
const policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** The server's side of the page: files, session cookie, snapshot and numbered events. For tests alone. */
export class MockServer {
  readonly key = 'tv-key-0001';
  readonly hellos: Hello[] = [];
  #snapshot: Snapshot;
  #events: { sequence: number; event: EventBody }[] = [];
  #sequence: number;
  readonly #dist: string;
  #http: Server | null = null;
  #sockets: WebSocketServer | null = null;
  #port = 0;
  #isLoggedIn = false;

  constructor(dist: string, snapshot: Snapshot) {
    this.#dist = dist;
    this.#snapshot = snapshot;
    this.#sequence = snapshot.sequence;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** On the same port as before when there was one. */
  async start(): Promise<void> {
    const http = createServer((request, response) => void this.#answer(request, response));
    const sockets = new WebSocketServer({ noServer: true });
    http.on('upgrade', (request, socket, head) => {
      if (request.url !== '/ws' || !this.#isKnown(request)) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
        return;
      }
      sockets.handleUpgrade(request, socket, head, (client) => this.#welcome(client));
    });
    await new Promise<void>((resolve) => http.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (http.address() as AddressInfo).port;
    this.#http = http;
    this.#sockets = sockets;
  }

  async stop(): Promise<void> {
    this.dropConnections();
    const http = this.#http;
    this.#http = null;
    if (http === null) return;
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  }

  dropConnections(): void {
    for (const client of this.#sockets?.clients ?? []) client.terminate();
  }

  endSessions(): void {
    this.#isLoggedIn = false;
    this.dropConnections();
  }

  publish(...events: readonly EventBody[]): void {
    for (const event of events) {
      this.#sequence += 1;
      this.#events.push({ sequence: this.#sequence, event });
      this.#toAll({ type: 'event', sequence: this.#sequence, event });
    }
  }

  /** What the next login sees. */
  show(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
  }

  /** An event that nobody is sent: the next one leaves a gap. */
  swallow(snapshot: Partial<Snapshot>): void {
    this.#sequence += 1;
    this.#events = [];
    this.#snapshot = { ...this.#snapshot, ...snapshot, sequence: this.#sequence };
  }

  #toAll(message: ServerMessage): void {
    for (const client of this.#sockets?.clients ?? []) client.send(JSON.stringify(message));
  }

  #isKnown(request: IncomingMessage): boolean {
    return this.#isLoggedIn && (request.headers.cookie ?? '').includes('session=mock');
  }

  #welcome(client: WebSocket): void {
    const say = (message: ServerMessage): void => client.send(JSON.stringify(message));
    client.once('message', (data: Buffer) => {
      const hello = JSON.parse(data.toString('utf8')) as Hello;
      this.hellos.push(hello);
      const { epoch } = this.#snapshot;
      say({ type: 'welcome', protocol: 1, serverVersion: '0.1.0', epoch, role: 'dashboard' });
      if (hello.lastEvent !== undefined && this.#knows(hello.lastEvent)) {
        for (const { sequence, event } of this.#events)
          if (sequence > hello.lastEvent.sequence) say({ type: 'event', sequence, event });
      } else {
        say(this.#snapshot);
        for (const { sequence, event } of this.#events) say({ type: 'event', sequence, event });
      }
    });
  }

  #knows({ epoch, sequence }: EventPosition): boolean {
    return epoch === this.#snapshot.epoch && sequence >= this.#snapshot.sequence;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', this.url).pathname;
    if (path === '/api/session') return this.#session(request, response);
    const file = normalize(join(this.#dist, path === '/' ? 'index.html' : path));
    try {
      if (!file.startsWith(this.#dist)) throw new Error('outside');
      const body = await readFile(file);
      response.writeHead(200, {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  }

  async #session(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'POST') {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const { key } = JSON.parse(Buffer.concat(parts).toString('utf8')) as { key: string };
      if (key !== this.key) {
        response.writeHead(401).end();
        return;
      }
      this.#isLoggedIn = true;
      response.writeHead(204, { 'set-cookie': 'session=mock; HttpOnly; SameSite=Strict; Path=/' }).end();
    } else if (request.method === 'DELETE') {
      this.#isLoggedIn = false;
      response.writeHead(204).end();
    } else if (this.#isKnown(request)) {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"role":"dashboard"}');
    } else {
      response.writeHead(204).end();
    }
  }
}

import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Socket } from 'node:net';

type Message = Record<string, unknown>;

/** A bare WebSocket client (RFC 6455, no extensions), so that tests can also send what no library would. */
export class TestSocket {
  private readonly messages: Message[] = [];
  private readonly listeners = new Set<() => void>();
  private buffer = Buffer.alloc(0);
  private closeCode: number | undefined;

  constructor(
    private readonly socket: Socket,
    head: Buffer,
  ) {
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.on('close', () => this.end(this.closeCode ?? 1006));
    socket.on('error', () => this.end(this.closeCode ?? 1006));
    this.read(head);
  }

  get isOpen(): boolean {
    return this.closeCode === undefined;
  }
  send(message: Message): void {
    this.sendRaw(JSON.stringify(message));
  }
  sendRaw(data: string | Uint8Array): void {
    const payload = typeof data === 'string' ? Buffer.from(data, 'utf8') : Buffer.from(data);
    this.frame(typeof data === 'string' ? 1 : 2, payload);
  }
  close(): void {
    this.socket.destroy();
  }

  message(type: string, timeoutMs = 20_000): Promise<Message> {
    return this.wait(
      `message '${type}'`,
      () => this.messages.find((message) => message['type'] === type),
      timeoutMs,
    );
  }
  closed(timeoutMs = 20_000): Promise<number> {
    return this.wait('close', () => this.closeCode, timeoutMs, true);
  }

  private wait<T>(what: string, look: () => T | undefined, timeoutMs: number, mayClose = false): Promise<T> {
    return new Promise((resolve, reject) => {
      const finish = (action: () => void) => {
        clearTimeout(timer);
        this.listeners.delete(check);
        action();
      };
      const check = () => {
        const found = look();
        if (found !== undefined) finish(() => resolve(found));
        else if (!this.isOpen && !mayClose)
          finish(() => reject(new Error(`the socket closed (${this.closeCode}) before ${what}`)));
      };
      const timer = setTimeout(
        () => finish(() => reject(new Error(`no ${what} within ${timeoutMs} ms`))),
        timeoutMs,
      );
      this.listeners.add(check);
      check();
    });
  }

  private frame(opcode: number, payload: Buffer): void {
    const mask = randomBytes(4);
    const length = payload.length;
    const header =
      length < 126
        ? Buffer.from([0x80 | opcode, 0x80 | length])
        : length < 65_536
          ? Buffer.from([0x80 | opcode, 0x80 | 126, length >> 8, length & 255])
          : Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | 127]), bigEndian64(length)]);
    const masked = Buffer.from(payload);
    for (let i = 0; i < length; i++) masked[i] = (masked[i] ?? 0) ^ (mask[i % 4] ?? 0);
    if (!this.socket.destroyed) this.socket.write(Buffer.concat([header, mask, masked]));
  }

  private read(chunk: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, chunk]);
    for (;;) {
      if (this.buffer.length < 2) break;
      const opcode = (this.buffer[0] ?? 0) & 15;
      let length = (this.buffer[1] ?? 0) & 127;
      let offset = 2;
      if (length === 126) {
        if (this.buffer.length < 4) break;
        length = this.buffer.readUInt16BE(2);
        offset = 4;
      } else if (length === 127) {
        if (this.buffer.length < 10) break;
        length = Number(this.buffer.readBigUInt64BE(2));
        offset = 10;
      }
      if (this.buffer.length < offset + length) break;
      const payload = this.buffer.subarray(offset, offset + length);
      this.buffer = this.buffer.subarray(offset + length);
      if (opcode === 1) this.messages.push(JSON.parse(payload.toString('utf8')) as Message);
      if (opcode === 8) this.closeCode = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
      if (opcode === 9) this.frame(10, Buffer.from(payload));
    }
    this.notify();
  }

  private end(code: number): void {
    this.closeCode = code;
    this.notify();
  }
  private notify(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

function bigEndian64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** Opens /ws; rejects with the status when the server refuses. */
export function connect(url: string, key: string): Promise<TestSocket> {
  return new Promise((resolve, reject) => {
    const nonce = randomBytes(16).toString('base64');
    const upgrade = request(`${url}/ws`, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': nonce,
        authorization: `Bearer ${key}`,
      },
    });
    upgrade.on('upgrade', (answer, socket, head) => {
      const accept = createHash('sha1')
        .update(`${nonce}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
        .digest('base64');
      if (answer.headers['sec-websocket-accept'] !== accept) reject(new Error('wrong Sec-WebSocket-Accept'));
      else resolve(new TestSocket(socket as Socket, head));
    });
    upgrade.on('response', (answer) => {
      reject(new Error(String(answer.statusCode)));
      answer.resume();
    });
    upgrade.on('error', reject);
    upgrade.end();
  });
}

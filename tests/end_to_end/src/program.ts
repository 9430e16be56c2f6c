import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const binaries = path.resolve(repository, process.env['NINJA_BIN'] ?? 'build/release/bin');

export function binary(name: string): string {
  return path.join(binaries, name);
}

/** A running program of ours: its output as lines, and promises for what it says and how it ends. */
export class Program {
  readonly lines: string[] = [];
  /** When each of `lines` came, in ms since 1970. */
  readonly cameAt: number[] = [];
  readonly errors: string[] = [];
  private readonly child: ChildProcess;
  private readonly listeners = new Set<() => void>();
  private exitCode: number | null | undefined;

  constructor(
    readonly name: string,
    args: string[],
    options: {
      env?: Record<string, string>;
      cwd?: string;
      /** A command that becomes the program. */
      through?: string[];
    } = {},
  ) {
    const file = path.join(binaries, name);
    if (!existsSync(file)) throw new Error(`${file} is missing: run 'make build' first`);
    const [first, ...words] = [...(options.through ?? []), file, ...args];
    this.child = spawn(first ?? file, words, {
      cwd: options.cwd ?? repository,
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/tmp', ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.collect(this.child.stdout, this.lines, this.cameAt);
    this.collect(this.child.stderr, this.errors);
    this.child.once('exit', (code) => {
      this.exitCode = code;
      this.notify();
    });
  }

  get pid(): number {
    return this.child.pid ?? -1;
  }
  get hasExited(): boolean {
    return this.exitCode !== undefined;
  }

  /** The first line, from `from` on, for which `match` gives something. */
  line<T>(what: string, match: (line: string) => T | undefined, from = 0, timeoutMs = 60_000): Promise<T> {
    return this.wait(
      what,
      () => {
        for (const line of this.lines.slice(from)) {
          const found = match(line);
          if (found !== undefined) return found;
        }
        return undefined;
      },
      timeoutMs,
    );
  }

  say(text: string): void {
    this.child.stdin?.write(`${text}\n`);
  }

  kill(signal: NodeJS.Signals = 'SIGTERM'): void {
    if (!this.hasExited) this.child.kill(signal);
  }

  async exited(timeoutMs = 20_000): Promise<number | null> {
    await this.wait('its end', () => (this.hasExited ? true : undefined), timeoutMs, true);
    return this.exitCode ?? null;
  }

  private wait<T>(what: string, look: () => T | undefined, timeoutMs: number, mayExit = false): Promise<T> {
    return new Promise((resolve, reject) => {
      const finish = (action: () => void) => {
        clearTimeout(timer);
        this.listeners.delete(check);
        action();
      };
      const check = () => {
        const found = look();
        if (found !== undefined) finish(() => resolve(found));
        else if (this.hasExited && !mayExit)
          finish(() =>
            reject(new Error(`${this.name} ended (${this.exitCode}) before ${what}\n${this.tail()}`)),
          );
      };
      const timer = setTimeout(
        () =>
          finish(() => reject(new Error(`${this.name}: no ${what} within ${timeoutMs} ms\n${this.tail()}`))),
        timeoutMs,
      );
      this.listeners.add(check);
      check();
    });
  }

  tail(): string {
    return [...this.lines.slice(-15), ...this.errors.slice(-30)].join('\n');
  }

  /** Standard input ends. */
  sayNoMore(): void {
    this.child.stdin?.end();
  }

  private collect(stream: NodeJS.ReadableStream | null, into: string[], times: number[] = []): void {
    let rest = '';
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      into.push(...parts);
      times.push(...parts.map(() => Date.now()));
      this.notify();
    });
  }

  private notify(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

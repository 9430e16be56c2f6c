import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Agent } from './agent';
import type { BadLink } from './bad_link';
import { Program, repository } from './program';
import type { NinjaState, PbxState } from './simulators';
import { until } from './wait';

export interface SiteOptions {
  /** Deep-merged over the site's configuration. */
  config?: Record<string, unknown>;
  /** Calls the PBX plays by itself; without it the test starts them. */
  scenario?: unknown;
  /** Options of the NinjaOne simulator. */
  ninjaOptions?: unknown;
  /** With a certificate that the server signs itself; agents must be paired. */
  tls?: boolean;
  /** The data folder is there already. */
  data?: string;
}

export interface AgentSetup {
  play?: string;
  key?: string;
  /** Its config.json. */
  config?: unknown;
  /** Where it is. */
  across?: BadLink;
  /** Another folder for its files, which is there already. */
  home?: string;
}

/** One customer's installation on loopback: 3CX and NinjaOne simulators, the server, its data folder, agents. */
export class Site {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'ninja-site-'));
  readonly data: string;
  readonly agents: Agent[] = [];
  readonly apiKey = 'end-to-end-test-key-of-32-characters';
  ninja!: Program;
  pbx!: Program;
  server!: Program;
  ninjaUrl = '';
  pbxUrl = '';
  url = '';
  private configFile = path.join(this.folder, 'config.json');

  private constructor(private readonly options: SiteOptions) {
    this.data = options.data ?? path.join(this.folder, 'data');
  }

  static async start(options: SiteOptions = {}): Promise<Site> {
    const site = new Site(options);
    try {
      await site.startSimulators();
      await site.configure();
      await site.startServer();
      return site;
    } catch (error) {
      await site.stop().catch(() => undefined);
      throw error;
    }
  }

  private async startSimulators(): Promise<void> {
    const ninjaArgs = ['ninja', '--port', '0'];
    if (this.options.ninjaOptions) {
      const file = path.join(this.folder, 'ninja.json');
      writeFileSync(file, JSON.stringify({ options: this.options.ninjaOptions }));
      ninjaArgs.push('--scenario', file);
    }
    this.ninja = new Program('3cx-ninja-sim', ninjaArgs);
    const args = ['pbx', '--port', '0'];
    if (this.options.scenario) {
      const file = path.join(this.folder, 'scenario.json');
      writeFileSync(file, JSON.stringify(this.options.scenario));
      args.push('--scenario', file);
    }
    this.pbx = new Program('3cx-ninja-sim', args);
    this.ninjaUrl = `http://127.0.0.1:${await portOf(this.ninja)}`;
    this.pbxUrl = `http://127.0.0.1:${await portOf(this.pbx)}`;
  }

  private async configure(): Promise<void> {
    const port = await freePort();
    this.url = `${this.options.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
    const file = (name: string) => path.join(this.data, 'tls', name);
    const tls = { certificateFile: file('server.crt'), keyFile: file('server.key') };
    const base = {
      server: { port, address: '127.0.0.1', ...(this.options.tls ? { tls } : {}) },
      whisper: { model: 'models/ggml-demo-fr-q8_0.bin', language: 'fr' },
      ninja: { apiUrl: `${this.ninjaUrl}/api/v2` },
      pbx: { url: this.pbxUrl },
      ticket: { countdownSeconds: 2 },
      log: { directory: path.join(this.data, 'logs') },
    };
    writeFileSync(this.configFile, JSON.stringify(merge(base, this.options.config ?? {})));
    if (this.options.tls) this.makeCertificate();
  }

  /** `tls selfsign` with these switches; the fingerprint of the public key. The server takes it at its next start. */
  makeCertificate(...switches: string[]): string {
    const said = this.command('tls', 'selfsign', '--format', 'json', ...switches);
    return (JSON.parse(said) as { publicKeySha256: string }).publicKeySha256;
  }

  private get environment(): Record<string, string> {
    return {
      API_KEY: this.apiKey,
      NINJA_CLIENT_ID: 'sim-client',
      NINJA_CLIENT_SECRET: 'sim-secret',
      NINJA_REFRESH_TOKEN: 'sim-refresh-token',
      PBX_CLIENT_ID: '900',
      PBX_CLIENT_SECRET: 'sim-key',
    };
  }

  async startServer(): Promise<void> {
    this.server = new Program(
      '3cx-ninja-server',
      ['serve', '--print-link', '--config', this.configFile, '--data', this.data],
      {
        env: this.environment,
      },
    );
    await until('server that answers /health', async () => {
      if (this.server.hasExited) throw new Error(`the server ended\n${this.server.tail()}`);
      return isHealthy(`${this.url}/health`);
    });
  }

  /** The one-time link that the running server printed. */
  loginLink(): Promise<string> {
    return this.server.line('login link', (line) => /http:\S+\/login\?once=\w+/.exec(line)?.[0]);
  }

  /** A power cut, as far as the server can tell. */
  async killServer(): Promise<void> {
    this.server.kill('SIGKILL');
    await this.server.exited();
  }

  async restartServer(): Promise<void> {
    this.server.kill('SIGTERM');
    await this.server.exited();
    await this.startServer();
  }

  /** Runs another command of the server's program on this site and gives its standard output. */
  command(...args: string[]): string {
    const file = path.resolve(
      repository,
      process.env['NINJA_BIN'] ?? 'build/release/bin',
      '3cx-ninja-server',
    );
    return execFileSync(file, [...args, '--config', this.configFile, '--data', this.data], {
      cwd: repository,
      env: { PATH: process.env['PATH'] ?? '', ...this.environment },
      encoding: 'utf8',
    });
  }

  /** A new key; the program prints it once. */
  createKey(role: string, extension?: string): string {
    const args = ['keys', 'create', '--role', role, '--format', 'json'];
    if (extension) args.push('--extension', extension);
    return (JSON.parse(this.command(...args)) as { key: string }).key;
  }

  async startAgent(extension: string, options: AgentSetup = {}): Promise<Agent> {
    const agent = this.launchAgent(extension, options);
    await agent.isConnected();
    return agent;
  }

  /** The same without waiting for its connection. */
  launchAgent(extension: string, options: AgentSetup = {}): Agent {
    const { across } = options;
    const agent = new Agent({
      extension,
      server: across ? this.url.replace('127.0.0.1', across.address) : this.url,
      key: options.key ?? this.apiKey,
      home: options.home ?? path.join(this.folder, `agent-${extension}`),
      ...(options.play ? { play: options.play } : {}),
      ...(across ? { through: across.through } : {}),
    });
    const folder = path.join(agent.home, '3cx-ninja-agent');
    mkdirSync(agent.home, { recursive: true });
    if (options.config) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, 'config.json'), JSON.stringify(options.config));
    }
    this.agents.push(agent);
    agent.launch();
    return agent;
  }

  async call(body: unknown): Promise<void> {
    const answer = await fetch(`${this.pbxUrl}/sim/scenario`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`the PBX simulator refused the scenario: ${await answer.text()}`);
  }

  async ninjaFault(fault: unknown): Promise<void> {
    const answer = await fetch(`${this.ninjaUrl}/__sim/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    });
    if (!answer.ok) throw new Error(`the NinjaOne simulator refused the fault: ${await answer.text()}`);
  }

  async ninjaState(): Promise<NinjaState> {
    return (await (await fetch(`${this.ninjaUrl}/_sim/state`)).json()) as NinjaState;
  }
  async pbxState(): Promise<PbxState> {
    return (await (await fetch(`${this.pbxUrl}/_sim/state`)).json()) as PbxState;
  }

  async api<T>(path: string, key = this.apiKey): Promise<T> {
    const answer = await fetch(this.url + path, { headers: { authorization: `Bearer ${key}` } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** Every file below the data folder whose bytes contain `word`. */
  filesContaining(word: string): string[] {
    const needle = Buffer.from(word, 'utf8');
    const found: string[] = [];
    const walk = (folder: string) => {
      for (const name of readdirSync(folder)) {
        const file = path.join(folder, name);
        if (statSync(file).isDirectory()) walk(file);
        else if (readFileSync(file).includes(needle)) found.push(file);
      }
    };
    walk(this.data);
    return found;
  }

  /** Ends everything. Fails if NinjaOne's interface does not describe a request that was sent to it. */
  async stop(): Promise<void> {
    let violations: NinjaState['violations'] | undefined;
    try {
      if (this.ninjaUrl && !this.ninja.hasExited) violations = (await this.ninjaState()).violations;
    } finally {
      await this.end();
    }
    if (violations && violations.count > 0)
      throw new Error(
        `${violations.count} requests that NinjaOne would refuse: ${JSON.stringify(violations.latest)}`,
      );
  }

  private async end(): Promise<void> {
    for (const agent of this.agents) agent.kill('SIGTERM');
    for (const program of [this.server, this.pbx, this.ninja] as (Program | undefined)[])
      program?.kill('SIGTERM');
    await Promise.all(
      ([this.server, this.pbx, this.ninja] as (Program | undefined)[]).map((program) =>
        program?.exited().catch(() => program.kill('SIGKILL')),
      ),
    );
    if (!process.env['KEEP_SITES']) rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Whatever its certificate is. */
function isHealthy(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { rejectUnauthorized: false, agent: false as const };
    const request = url.startsWith('https:') ? https.get(url, options) : http.get(url, { agent: false });
    request.on('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    request.on('error', () => resolve(false));
  });
}

function portOf(program: Program): Promise<number> {
  return program.line('port', (line) => {
    if (!line.startsWith('{')) return undefined;
    return (JSON.parse(line) as { port?: number }).port;
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

type Json = Record<string, unknown>;
function merge(base: Json, over: Json): Json {
  const merged: Json = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const old = merged[key];
    merged[key] = isObject(old) && isObject(value) ? merge(old, value) : value;
  }
  return merged;
}
function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

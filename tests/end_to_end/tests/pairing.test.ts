import { statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { sample } from '../src/samples';
import { Site } from '../src/site';
import { until } from '../src/wait';

const printer = sample('02-imprimante');

describe('An agent and a server whose certificate nobody vouches for', () => {
  let site: Site;
  afterEach(() => site?.stop());

  test('are paired once, and survive a renewed certificate', async () => {
    site = await Site.start({ tls: true });
    const agent = site.launchAgent('201');
    const refused = await agent.event('refusal', (line) => line.code === 'serverUntrusted');
    expect(refused.message).toContain('self-signed certificate');

    const paired = agent.pair();
    expect(paired).toEqual({ server: site.url, publicKeySha256: refused.seen, isPinned: true });
    const kept = path.join(agent.home, '3cx-ninja-agent', 'servers.json');
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    await agent.isConnected(); // the same run, which asks for the pin at each attempt
    const said = await until('its key in the log', () => site.server.errors.map(fingerprintIn).find(Boolean));
    expect(said).toBe(paired.publicKeySha256);

    const line = agent.program.lines.length;
    expect(site.makeCertificate('--force')).toBe(paired.publicKeySha256);
    await site.restartServer();
    await agent.isConnected(line);
    expect(agent.pair().publicKeySha256).toBe(paired.publicKeySha256);
  });

  test('part when the key is another one, and no audio is lost by it', async () => {
    site = await Site.start({ tls: true });
    const agent = site.launchAgent('201', { play: printer.audio });
    const first = agent.pair();
    await agent.isConnected();
    await site.call({
      calls: [
        {
          extension: '201',
          callerNumber: printer.callerNumber,
          callerName: 'Paul Girard',
          ringS: 1,
          audio: 'samples/calls/02-imprimante.flac',
        },
      ],
    });
    await until('text', () => agent.finals().length >= 2);
    await site.killServer();
    const second = site.makeCertificate('--force', '--new-key');
    expect(second).not.toBe(first.publicKeySha256);
    await site.startServer();
    const refused = await agent.event('refusal', (line) => line.code === 'serverKeyChanged');
    expect(refused).toMatchObject({ expected: first.publicKeySha256, seen: second });
    expect(refused.message).toContain(`pair ${site.url} --fingerprint ${second}`);
    expect(agent.spooledCalls()).not.toEqual([]);
    expect(() => agent.pair()).toThrow(); // not by itself
    expect(() => agent.pair('--fingerprint', first.publicKeySha256)).toThrow();

    const line = agent.program.lines.length;
    expect(agent.pair('--fingerprint', second).publicKeySha256).toBe(second);
    await agent.isConnected(line);
    await agent.event('delivery', ({ event }) => event === 'caughtUp', 60_000, line);
    const draft = await agent.draft('draft', ({ fields }) => fields.subject !== '');
    expect(draft.callId).not.toBe('');
  });
});

function fingerprintIn(line: string): string | undefined {
  return /SHA-256 ((?:[0-9A-F]{2}:){31}[0-9A-F]{2})/.exec(line)?.[1];
}

import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { sample } from '../src/samples';
import { Site } from '../src/site';

const vpn = sample('01-vpn-panne');
const call = {
  calls: [
    {
      extension: '201',
      callerNumber: vpn.callerNumber,
      callerName: vpn.script.expected.ticket.customer,
      ringS: 1,
      audio: 'samples/calls/01-vpn-panne.flac',
    },
  ],
};

/** Addresses of the other ends of a process's TCP sockets, as the kernel lists them. */
function peersOf(pid: number): string[] {
  const inodes = new Set<string>();
  for (const fd of readdirSync(`/proc/${pid}/fd`)) {
    try {
      const link = readlinkSync(`/proc/${pid}/fd/${fd}`);
      const inode = /^socket:\[(\d+)\]$/.exec(link)?.[1];
      if (inode) inodes.add(inode);
    } catch {
      // The descriptor was closed meanwhile.
    }
  }
  const peers: string[] = [];
  for (const table of ['tcp', 'tcp6', 'udp', 'udp6'])
    for (const row of readFileSync(`/proc/${pid}/net/${table}`, 'utf8').split('\n').slice(1)) {
      const [, , remote, , , , , , , inode] = row.trim().split(/\s+/);
      if (!remote || !inode || !inodes.has(inode)) continue;
      const address = remote.split(':')[0] ?? '';
      if (!/^0+$/.test(address)) peers.push(address);
    }
  return peers;
}
/** The server shows its sockets to root alone, as it does its memory and its environment, where keys are. */
const seesSockets = process.getuid?.() === 0;
const isLoopback = (address: string) =>
  address === '0100007F' ||
  address === '00000000000000000000000001000000' ||
  /FFFF00000100007F$/.test(address);

describe('Call data', () => {
  let site: Site;
  afterEach(() => site?.stop());

  test('goes to nobody but the configured peers, and a purge removes it from every file', async () => {
    site = await Site.start();
    const agent = await site.startAgent('201', { play: vpn.audio });
    const foreign = new Set<string>();
    if (!seesSockets) console.warn('not checked, as only root can: to whom the server is connected');
    const watch = setInterval(() => {
      if (!seesSockets) return;
      for (const peer of peersOf(site.server.pid)) if (!isLoopback(peer)) foreign.add(peer);
    }, 50);
    await site.call(call);
    const draft = await agent.draft('ticket', ({ delivery }) => delivery.state === 'created', 200_000);
    clearInterval(watch);
    expect([...foreign]).toEqual([]);

    const spoken = 'certificat';
    expect(agent.finals().some((utterance) => utterance.text.includes(spoken))).toBe(true);
    expect(site.filesContaining(spoken)).not.toEqual([]);
    site.server.kill('SIGTERM');
    await site.server.exited();
    site.command('purge', '--call', draft.callId);
    expect(site.filesContaining(spoken)).toEqual([]);
  });

  test('of a number on the do-not-record list is never captured', async () => {
    site = await Site.start({ config: { recording: { doNotRecord: [{ number: vpn.callerNumber }] } } });
    const agent = await site.startAgent('201', { play: vpn.audio });
    await site.call({ calls: [{ ...call.calls[0], durationS: 5 }] });
    await agent.event('end of the call', (line) => line.call?.state === 'ended', 60_000);
    expect(agent.program.lines.filter((line) => line.includes('"what":"open"'))).toEqual([]);
    expect(agent.finals()).toEqual([]);
  });
});

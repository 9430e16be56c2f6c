import { afterEach, describe, expect, test } from 'vitest';
import { sample } from '../src/samples';
import { Site } from '../src/site';
import { until } from '../src/wait';
import { expectOneTicket, expectWholeText } from '../src/whole_call';

const printer = sample('02-imprimante');
const call = {
  calls: [
    {
      extension: '201',
      callerNumber: printer.callerNumber,
      callerName: printer.script.expected.ticket.customer,
      ringS: 1,
      audio: 'samples/calls/02-imprimante.flac',
    },
  ],
};

describe('A server that is killed', () => {
  let site: Site;
  afterEach(() => site?.stop());

  test('in mid-call loses and doubles nothing', async () => {
    site = await Site.start();
    const agent = await site.startAgent('201', { play: printer.audio });
    await site.call(call);
    await until('some final text', () => agent.finals().length >= 3);
    site.command('keys', 'list'); // a command beside the server must not touch what it writes
    await site.killServer();
    await site.startServer();
    await expectOneTicket(site, agent);
    expectWholeText(agent, printer);
  });

  test("between 'confirm' and NinjaOne's answer makes one ticket", async () => {
    site = await Site.start({ config: { ticket: { countdownSeconds: 1 } } });
    await site.ninjaFault({
      match: { method: 'POST', pathRegex: '/ticketing/ticket$' },
      kind: 'commit-timeout',
      times: 1,
    });
    const agent = await site.startAgent('201', { play: printer.audio });
    await site.call(call);
    await agent.draft('sending', ({ delivery }) => delivery.state === 'sending', 150_000);
    await until('ticket in NinjaOne', async () => (await site.ninjaState()).tickets.length === 1);
    await site.killServer();
    await site.startServer();
    const draft = await agent.draft('ticket', ({ delivery }) => delivery.state === 'created', 120_000);
    const { tickets } = await site.ninjaState();
    expect(tickets.map((ticket) => ticket.id)).toEqual([draft.delivery.ticketId]);
  });
});

describe('An agent that dies', () => {
  let site: Site;
  afterEach(() => site?.stop());

  test('at hang-up leaves a draft that waits in the inbox', async () => {
    site = await Site.start();
    const agent = await site.startAgent('201', { play: printer.audio });
    await site.call(call);
    await until('text', () => agent.finals().length >= 2);
    await agent.event('end of the call', (line) => line.call?.state === 'ended', 120_000);
    agent.kill('SIGKILL');
    const drafts = await until('draft in the inbox', async () => {
      const inbox = await site.api<{ drafts: { state: string; heldBecause: string }[] }>('/api/drafts');
      return inbox.drafts.length > 0 ? inbox.drafts : undefined;
    });
    expect(drafts).toHaveLength(1);
    expect(drafts[0]?.state).toBe('inbox');
    expect((await site.ninjaState()).tickets).toEqual([]);
  });

  test('in mid-call delivers its spool when it is back', async () => {
    site = await Site.start();
    const agent = await site.startAgent('201', { play: printer.audio });
    await site.call(call);
    await until('text', () => agent.finals().length >= 2);
    agent.kill('SIGKILL');
    await agent.program.exited();
    await agent.start();
    await agent.draft('ticket', ({ delivery }) => delivery.state === 'created', 200_000);
    expect((await site.ninjaState()).tickets).toHaveLength(1);
  });
});

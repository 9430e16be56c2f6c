import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sample } from '../src/samples';
import { Site } from '../src/site';
import { connect } from '../src/socket';

const printer = sample('02-imprimante');

describe('The server', () => {
  let site: Site;
  beforeAll(async () => {
    site = await Site.start();
    await site.startAgent('201', { play: printer.audio });
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
    await site.agents[0]?.event('text', ({ utterance }) => utterance?.isFinal === true);
  });
  afterAll(() => site.stop());

  test.each(['/api/calls', '/api/drafts', '/api/state', '/api/contacts?query=a'])(
    'tells nothing on %s without a valid key',
    async (path) => {
      const attempts: Record<string, string>[] = [{}, { authorization: 'Bearer wrong' }];
      for (const headers of attempts) {
        const answer = await fetch(site.url + path, { headers });
        expect(answer.status).toBe(401);
        const body = await answer.text();
        expect(body).not.toMatch(/Girard|201|imprim|call-/i);
      }
    },
  );

  test('refuses a socket with a wrong key', async () => {
    await expect(connect(site.url, 'wrong')).rejects.toThrow('401');
  });

  test("shows an agent's key its own extension only", async () => {
    const socket = await connect(site.url, site.createKey('agent', '202'));
    socket.send({ type: 'hello', protocol: 1, face: 'agent', client: { name: 'test', version: '0' } });
    const snapshot = await socket.message('snapshot');
    expect(JSON.stringify(snapshot)).not.toMatch(/Girard|imprimante/i);
    expect(snapshot['calls']).toEqual([]);
    socket.close();
  });

  test.each([
    ['broken JSON', '{"type":', 'badMessage'],
    ['an unknown message', '{"type":"makeCoffee"}', 'unknownType'],
    ['a field of the wrong type', '{"type":"draftShown","draftId":7}', 'badMessage'],
    ['audio nobody asked for', new Uint8Array([1, 2, 3]), 'badMessage'],
  ])('answers %s with a clear error and goes on', async (_name, message, code) => {
    const socket = await connect(site.url, site.apiKey);
    socket.send({
      type: 'hello',
      protocol: 1,
      face: 'agent',
      extension: '203',
      client: { name: 't', version: '0' },
    });
    await socket.message('snapshot');
    socket.sendRaw(message);
    const error = await socket.message('errorReply');
    expect(error['code']).toBe(code);
    expect(String(error['message']).length).toBeGreaterThan(10);
    expect((await fetch(`${site.url}/health`)).ok).toBe(true);
    socket.close();
  });

  test('closes a connection that sends an oversized message, and no other', async () => {
    const quiet = await connect(site.url, site.apiKey);
    quiet.send({ type: 'hello', protocol: 1, face: 'board', client: { name: 't', version: '0' } });
    await quiet.message('snapshot');
    const loud = await connect(site.url, site.apiKey);
    loud.sendRaw('x'.repeat(4 << 20));
    expect(await loud.closed()).toBe(1009);
    expect(quiet.isOpen).toBe(true);
    quiet.close();
  });
});

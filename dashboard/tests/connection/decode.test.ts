import { describe, expect, test } from 'vitest';
import { decodeServerMessage } from '../../src/connection/decode';
import { goldens, invalidGoldens } from '../goldens';

const serverTypes = new Set(['welcome', 'snapshot', 'event', 'audio_ready', 'audio_ack', 'error_reply']);
const ofServer = ({ type }: { type: string }): boolean => serverTypes.has(type);

describe('what comes from the socket', () => {
  test.each(goldens.filter(ofServer))('is taken when it is a $name', ({ value }) => {
    expect(decodeServerMessage(JSON.stringify(value))).toEqual({ ok: true, message: value });
  });

  test.each(invalidGoldens.filter(ofServer))('is refused when it is a $name', ({ value }) => {
    expect(decodeServerMessage(JSON.stringify(value)).ok).toBe(false);
  });

  test.each([
    { what: 'a client’s message', data: '{"type":"draftLater","draftId":"draft-1"}' },
    { what: 'no JSON', data: 'hello' },
    { what: 'cut JSON', data: '{"type":"welcome"' },
    { what: 'binary', data: new ArrayBuffer(4) },
    { what: 'null', data: 'null' },
    { what: 'an unknown type', data: '{"type":"moonRises"}' },
    { what: 'a name of every object', data: '{"type":"constructor"}' },
  ])('is refused when it is $what', ({ data }) => {
    expect(decodeServerMessage(data).ok).toBe(false);
  });

  test('is taken with fields that this version does not know', () => {
    const message = { type: 'errorReply', code: 'x', message: 'y', isFatal: false, colour: 'red' };
    expect(decodeServerMessage(JSON.stringify(message)).ok).toBe(true);
  });

  test('names the place of a fault and never its content', () => {
    const decoded = decodeServerMessage('{"type":"errorReply","code":409,"message":"secret","isFatal":false}');
    expect(decoded).toEqual({ ok: false, problem: '/code must be string' });
  });
});

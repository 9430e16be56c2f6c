import { expect, test } from 'vitest';
import { echoLevel } from '../../src/state/echo_level';

test.each([
  { attenuationDb: 12, text: '−12 dB' },
  { attenuationDb: 0, text: '0 dB' },
  { attenuationDb: -2, text: '+2 dB' },
])('an echo $attenuationDb dB down is at $text', ({ attenuationDb, text }) => {
  expect(echoLevel({ attenuationDb, delayMs: 150 })).toBe(text);
});

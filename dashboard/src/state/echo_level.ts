import type { Echo } from '../protocol';

/** "−12 dB": so far below the customer's own channel. */
export function echoLevel({ attenuationDb }: Echo): string {
  const sign = attenuationDb > 0 ? '−' : attenuationDb < 0 ? '+' : '';
  return `${sign}${Math.abs(attenuationDb)} dB`;
}

import type { Texts } from '../i18n';
import type { CallerMatch } from '../protocol';

/** A name is shown, and the number does not prove it. */
export function isDoubtful({ state, rule }: CallerMatch): boolean {
  return state === 'one' && rule === 'numberTail';
}

/** What there is to say of how sure the caller is known; empty for one who is known by the whole number. */
export function callerNote(caller: CallerMatch, texts: Texts): string {
  const { state, rule, organizationName } = caller;
  if (state === 'none' && rule === 'organizationNumber' && organizationName !== undefined)
    return texts.calls.switchboard;
  if (isDoubtful(caller)) return texts.calls.weakMatch;
  return texts.calls.match[state];
}

import { expect, test } from 'vitest';
import { textsFor } from '../../src/i18n';
import type { CallerMatch } from '../../src/protocol';
import { callerNote } from '../../src/views/caller_note';

const rows: { what: string; caller: CallerMatch; note: string }[] = [
  { what: 'the whole number', caller: { state: 'one', contacts: [], rule: 'exactNumber' }, note: '' },
  { what: 'the last digits', caller: { state: 'one', contacts: [], rule: 'numberTail' }, note: 'Last digits only' },
  {
    what: 'the last digits of several',
    caller: { state: 'several', contacts: [], rule: 'numberTail' },
    note: 'Several possible contacts',
  },
  {
    what: 'an organisation’s number',
    caller: { state: 'none', contacts: [], rule: 'organizationNumber', organizationId: 12, organizationName: 'Dupré' },
    note: 'The organisation’s number',
  },
  { what: 'nothing', caller: { state: 'none', contacts: [] }, note: 'Number unknown in NinjaOne' },
  { what: 'a newer rule', caller: { state: 'one', contacts: [], rule: 'fromTheFuture' }, note: '' },
];
test.each(rows)('a caller who is known by $what', ({ caller, note }) => {
  expect(callerNote(caller, textsFor('en'))).toBe(note);
});

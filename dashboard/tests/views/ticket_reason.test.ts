import { expect, test } from 'vitest';
import { textsFor } from '../../src/i18n';
import type { Draft } from '../../src/protocol';
import { ticketViews } from '../../src/state/selectors';
import { applyMessage, emptyBoard } from '../../src/state/board_state';
import { progressText, ticketReason } from '../../src/views/ticket_reason';
import { eventBody, snapshot } from '../goldens';

const ready = applyMessage(emptyBoard, snapshot(), 0);
const change = eventBody('draft_changed');
if (change.type !== 'draftChanged') throw new Error('not a draft');
const base: Draft = { ...change.draft, isAutomatic: false, heldBecause: '', problems: [], discardReason: '' };

/** What is said of a draft, with its technician's program connected or not. */
function reasons(draft: Draft, isConnected = true): { fr: string; en: string } {
  const agents = new Map(
    [...ready.agents.values()].map((agent) => [draft.extension, { ...agent, extension: draft.extension, isConnected }]),
  );
  const [view] = ticketViews({ ...ready, agents, drafts: new Map([[draft.draftId, { draft, receivedAtMs: 0 }]]) });
  if (view === undefined) throw new Error('one draft, one view');
  return { fr: ticketReason(view, textsFor('fr')), en: ticketReason(view, textsFor('en')) };
}

test('a draft that needs a person says why, also while its countdown runs', () => {
  const held: Draft = {
    ...base,
    heldBecause: 'requesterAmbiguous',
    problems: [
      { field: 'requesterUid', code: 'required' },
      { field: 'subject', code: 'tooLong' },
      { field: 'status', code: 'unknown' },
    ],
  };
  const said = {
    fr: 'plusieurs demandeurs possibles · à compléter : demandeur · objet : trop long · statut : inconnu de NinjaOne',
    en: 'several possible requesters · to complete: requester · subject: too long · status: not known to NinjaOne',
  };
  expect(reasons({ ...held, state: 'counting', countdownLeftMs: 9_000 })).toEqual(said);
  expect(reasons({ ...held, state: 'paused' })).toEqual(said);
  expect(reasons({ ...held, state: 'inbox', countdownLeftMs: 0 })).toEqual(said);
});

test('a reason that the missing fields tell is not told twice', () => {
  const review: Draft = { ...base, state: 'inbox', countdownLeftMs: 0, heldBecause: 'requesterUnknown' };
  expect(reasons({ ...review, problems: [{ field: 'requesterUid', code: 'required' }] }).en).toBe(
    'to complete: requester',
  );
  expect(reasons(review).en).toBe('requester to be named');
});

test('a ticket that is closed before the call was added to it is named', () => {
  const problems = [{ field: 'commentOn', code: 'inactive' }];
  const held: Draft = { ...base, state: 'inbox', countdownLeftMs: 0, heldBecause: 'fieldsMissing', problems };
  expect(reasons(held)).toEqual({
    fr: 'ticket à compléter : n’est plus actif',
    en: 'ticket to add to: no longer active',
  });
});

test('a countdown that stands still because the program is out of reach says so', () => {
  const awaited: Draft = { ...base, isAutomatic: true, state: 'inbox', countdownLeftMs: 9_000 };
  expect(reasons(awaited, true).fr).toBe('');
  expect(reasons(awaited, false).en).toBe('agent program out of reach: the countdown waits');
});

test('code words are never shown as they are, not even those of a newer server', () => {
  const review: Draft = { ...base, state: 'inbox', countdownLeftMs: 0 };
  expect(reasons({ ...review, heldBecause: 'fromTheFuture' }).fr).toBe('motif inconnu de cette version de la page');
  expect(reasons({ ...review, problems: [{ field: 'newField', code: 'required' }] }).en).toBe('to complete: a field');
  const delivery = {
    ...base.delivery,
    state: 'rejected',
    problemCode: 'userContextRequired',
    problem: 'log in',
  } as const;
  expect(reasons({ ...base, state: 'confirmed', delivery }).fr).toBe(
    'NinjaOne veut la connexion d’un technicien, pas celle d’une machine',
  );
});

test('a ticket that was given up says so', () => {
  const delivery = { ...base.delivery, state: 'rejected', problemCode: 'givenUp' } as const;
  expect(reasons({ ...base, state: 'confirmed', delivery }).en).toBe('given up by a technician');
});

test('a draft that a later call’s ticket carries names that ticket in the language of the page', () => {
  const earlier: Draft = { ...base, state: 'discarded', continuedIn: 'draft-later' };
  const said = (later?: Draft): { fr: string; en: string } => {
    const drafts = [earlier, ...(later === undefined ? [] : [later])];
    const held = new Map(drafts.map((draft) => [draft.draftId, { draft, receivedAtMs: 0 }]));
    const view = ticketViews({ ...ready, drafts: held }).find(({ draft }) => draft.draftId === earlier.draftId);
    if (view === undefined) throw new Error('the earlier draft is shown');
    return { fr: ticketReason(view, textsFor('fr')), en: ticketReason(view, textsFor('en')) };
  };
  const later: Draft = { ...base, draftId: 'draft-later', state: 'confirmed' };
  const delivery = { ...base.delivery, state: 'created', ticketId: 1234 } as const;
  const unnumbered = {
    fr: 'repris dans le ticket d’un appel suivant',
    en: 'continued in a later call’s ticket',
  };
  expect(said({ ...later, delivery })).toEqual({
    fr: 'repris dans le ticket nº 1234 d’un appel suivant',
    en: 'continued in ticket #1234, of a later call',
  });
  expect(said(later)).toEqual(unnumbered);
  expect(said()).toEqual(unnumbered);
  const byHand: Draft = { ...base, state: 'discarded', discardReason: 'repris en main' };
  expect(reasons(byHand).en).toBe('repris en main');
});

test('a refused field is named', () => {
  const delivery = { ...base.delivery, state: 'rejected', problemCode: 'fieldRefused', problem: 'field x' } as const;
  const refused = (field?: string): { fr: string; en: string } =>
    reasons({ ...base, state: 'confirmed', delivery: field === undefined ? delivery : { ...delivery, field } });
  expect(refused('locationId')).toEqual({
    fr: 'NinjaOne a refusé un champ : site',
    en: 'NinjaOne refused a field: location',
  });
  expect(refused('followupTime').en).toBe('NinjaOne refused a field: “followupTime”');
  expect(refused().en).toBe('NinjaOne refused a field');
});

test('the ticket that a technician named and the tickets in doubt are told by their numbers', () => {
  const said = (change: Partial<Draft['delivery']>): { fr: string; en: string } =>
    reasons({ ...base, state: 'confirmed', delivery: { ...base.delivery, state: 'unconfirmed', ...change } });
  expect(said({ state: 'unknown', problemCode: 'comparing', comparedTicketId: 4711 }).fr).toBe(
    'le ticket indiqué par le technicien est comparé à l’appel : nº 4711',
  );
  expect(said({ problemCode: 'notThisCalls', comparedTicketId: 13, ticketsInDoubt: [12, 9] })).toEqual({
    fr: 'le ticket indiqué par le technicien n’est pas reconnu comme celui de l’appel : nº 13 · à regarder : tickets nº 12, 9',
    en: 'the ticket that the technician named is not recognised as the call’s: #13 · to be looked at: tickets #12, #9',
  });
  expect(said({ problemCode: 'inDoubt', ticketsInDoubt: [12] })).toEqual({
    fr: 'des tickets de NinjaOne sont peut-être déjà celui de l’appel · à regarder : ticket nº 12',
    en: 'tickets in NinjaOne may already be the call’s · to be looked at: ticket #12',
  });
});

test.each([
  { kind: 'open', status: 'Planifié', fr: 'NinjaOne : Planifié' },
  { kind: 'open', status: '', fr: 'NinjaOne : statut inconnu' },
  { kind: 'resolved', status: 'Résolu', fr: 'NinjaOne : Résolu' },
  { kind: 'resolved', status: 'Fini', fr: 'NinjaOne : Fini (résolu)' },
  { kind: 'closed', status: 'Archivé', fr: 'NinjaOne : Archivé (clos)' },
  { kind: 'deleted', status: 'Nouveau', fr: 'NinjaOne : Nouveau (supprimé)' },
  { kind: 'deleted', status: '', fr: 'NinjaOne : supprimé' },
] as const)('a ticket that is $kind as "$status" says so in words', ({ kind, status, fr }) => {
  expect(progressText({ kind, status }, textsFor('fr'))).toBe(fr);
});

import type { Call, CallerMatch, Draft, DraftFields, Snapshot, TicketProgress, Utterance } from '../../src/protocol';

/** A board with something in every corner, for screenshots; all people and companies are invented. */
export function busyDay(nowMs: number): Snapshot {
  const minute = 60_000;
  const contact = (name: string, organizationName: string): CallerMatch => ({
    state: 'one',
    contacts: [{ uid: `uid-${name}`, name, organizationId: 12, organizationName, isActive: true }],
    directoryAtMs: nowMs - 5 * minute,
  });
  const call = (
    callId: string,
    change: Partial<Call> & Pick<Call, 'extension' | 'technician' | 'startedAtMs'>,
  ): Call => ({
    callId,
    direction: 'inbound',
    state: 'connected',
    stage: 'live',
    recording: 'active',
    remoteNumber: '+33478123456',
    remoteName: '',
    caller: { state: 'none', contacts: [] },
    answeredAtMs: change.startedAtMs + 6_000,
    isEndEstimated: false,
    lagMs: 700,
    watchers: 0,
    isAudioComplete: false,
    ...change,
  });
  const ringing = call('call-4', {
    extension: '205',
    technician: 'Inès Moreau',
    startedAtMs: nowMs - 9_000,
    state: 'ringing',
    recording: 'none',
    remoteNumber: '+33140506070',
    caller: {
      state: 'none',
      contacts: [],
      rule: 'organizationNumber',
      organizationId: 14,
      organizationName: 'Hôtel Bellevue',
    },
  });
  delete ringing.answeredAtMs;
  const calls: Call[] = [
    call('call-1', {
      extension: '201',
      technician: 'Nadia Benali',
      startedAtMs: nowMs - 3.4 * minute,
      caller: contact('Julie Marchand', 'Menuiserie Dupré'),
      insight: {
        mood: 'negative',
        trend: 'falling',
        topic: 'printer_scanner',
        alerts: [{ rule: 'wantsManager', text: '', utteranceId: 'customer-0019200', atMs: 19_200 }],
      },
    }),
    call('call-2', {
      extension: '202',
      technician: 'Thomas Lefèvre',
      startedAtMs: nowMs - 11.2 * minute,
      remoteNumber: '+33490112233',
      caller: { ...contact('Olivier Castellane', 'Polyclinique des Arbousiers'), rule: 'numberTail' },
      lagMs: 4_300,
      watchers: 1,
      insight: { mood: 'neutral', trend: 'steady', topic: 'server_infrastructure', alerts: [] },
    }),
    call('call-3', {
      extension: '203',
      technician: 'Karim Haddad',
      startedAtMs: nowMs - 6 * minute,
      endedAtMs: nowMs - 20_000,
      state: 'ended',
      stage: 'drafted',
      remoteNumber: '+33388776655',
      caller: contact('Sophie Weber', 'Cabinet Weber & Associés'),
    }),
    ringing,
  ];
  const say = (
    callId: string,
    channel: Utterance['channel'],
    startMs: number,
    text: string,
    stable: string | null = null,
  ): Utterance => ({
    callId,
    utteranceId: `${channel}-${String(startMs).padStart(7, '0')}`,
    channel,
    revision: 2,
    isFinal: stable === null,
    isProvisional: stable !== null,
    startMs,
    endMs: startMs + 3000,
    stableBytes: Buffer.byteLength(stable ?? text),
    text,
    lagMs: 800,
  });
  const utterances: Utterance[] = [
    say('call-1', 'agent', 500, 'Support informatique bonjour, Nadia à l’appareil.'),
    say(
      'call-1',
      'customer',
      3400,
      'Bonjour, c’est Julie de la menuiserie Dupré. L’imprimante de l’atelier ne répond plus depuis ce matin.',
    ),
    say('call-1', 'agent', 10_100, 'D’accord. Est-ce qu’un message s’affiche sur l’écran de l’imprimante ?'),
    say('call-1', 'customer', 15_000, 'Oui, il y a marqué « hors ligne ».'),
    say('call-1', 'customer', 19_200, 'Et les collègues du bureau, eux, peuvent imprimer.'),
    say(
      'call-1',
      'agent',
      23_600,
      'Très bien, je regarde le service d’impression sur votre poste',
      'Très bien, je regarde le service',
    ),
    say('call-2', 'customer', 400, 'Bonjour, Olivier Castellane, je suis le responsable technique de la polyclinique.'),
    say('call-2', 'agent', 7_000, 'Bonjour monsieur Castellane, que puis-je faire pour vous ?'),
    say(
      'call-2',
      'customer',
      11_000,
      'Ils refont le poste électrique samedi, on va être coupés de sept heures à onze heures du matin.',
    ),
    say('call-2', 'agent', 19_000, 'Toute la clinique ?'),
    say(
      'call-2',
      'customer',
      21_500,
      'Les blocs sont secourus mais pas le local informatique, il faut',
      'Les blocs sont secourus mais pas le local',
    ),
    say('call-3', 'customer', 900, 'Le mot de passe de la messagerie a expiré et je n’arrive plus à me connecter.'),
    say(
      'call-3',
      'agent',
      6_000,
      'Je vous envoie un lien de réinitialisation, vous devriez le recevoir tout de suite.',
    ),
    say('call-3', 'customer', 12_500, 'Parfait, c’est bon, ça fonctionne. Merci beaucoup !'),
  ];
  const fields: DraftFields = {
    subject: '',
    summary: '',
    organizationName: '',
    requesterName: '',
    category: 'printer_scanner',
    type: 'INCIDENT',
    priority: 'MEDIUM',
    severity: 'MODERATE',
    tags: ['appel'],
    isSolved: false,
    isPublic: false,
    includesTranscript: true,
  };
  const draft = (draftId: string, about: Partial<DraftFields>, change: Partial<Draft>): Draft => ({
    draftId,
    callId: `call-of-${draftId}`,
    extension: '201',
    state: 'confirmed',
    revision: 1,
    fields: { ...fields, ...about },
    generated: { ...fields, ...about },
    actions: [],
    problems: [],
    isAutomatic: true,
    heldBecause: '',
    countdownTotalMs: 15_000,
    countdownLeftMs: 0,
    createdAtMs: nowMs - 10 * minute,
    changedAtMs: nowMs - 9 * minute,
    discardReason: '',
    delivery: { state: 'none', hasTranscriptNote: false, problem: '', problemCode: '' },
    ...change,
  });
  const progress: TicketProgress = {
    statusId: 1000,
    parentId: 1000,
    status: 'Nouveau',
    isDeleted: false,
    changedAtMs: nowMs - 3 * minute,
    seenAtMs: nowMs - 2 * minute,
  };
  const drafts: Draft[] = [
    draft(
      'draft-1',
      {
        subject: 'Mot de passe de messagerie expiré',
        requesterName: 'Sophie Weber',
        organizationName: 'Cabinet Weber & Associés',
      },
      { callId: 'call-3', extension: '203', state: 'counting', countdownLeftMs: 12_000, changedAtMs: nowMs },
    ),
    draft(
      'draft-2',
      { subject: 'Question sur une facture de maintenance' },
      {
        extension: '202',
        state: 'inbox',
        heldBecause: 'requesterUnknown',
        problems: [
          { field: 'requesterUid', code: 'required' },
          { field: 'organizationId', code: 'required' },
        ],
      },
    ),
    draft(
      'draft-3',
      {
        subject: 'Serveur de fichiers inaccessible',
        requesterName: 'Marc Dubreuil',
        organizationName: 'Transports Dubreuil',
        priority: 'HIGH',
      },
      {
        delivery: {
          state: 'unconfirmed',
          hasTranscriptNote: false,
          problem: 'unconfirmed',
          problemCode: 'unconfirmed',
        },
      },
    ),
    draft(
      'draft-4',
      {
        subject: 'Nouveau poste pour le service comptabilité',
        requesterName: 'Élodie Garnier',
        organizationName: 'Mairie de Saint-Aubin',
      },
      {
        extension: '205',
        changedAtMs: nowMs - 25 * minute,
        delivery: {
          state: 'created',
          ticketId: 1042,
          ticketUrl: 'https://app.ninjarmm.com/#/ticketing/ticket/1042',
          hasTranscriptNote: true,
          problem: '',
          problemCode: '',
          progress: { ...progress, statusId: 2001, parentId: 2000, status: 'Planifié' },
        },
      },
    ),
  ];
  return {
    type: 'snapshot',
    epoch: 'e-1',
    sequence: 10,
    serverTimeMs: nowMs,
    calls,
    utterances,
    drafts,
    agents: [
      { extension: '201', name: 'Nadia Benali', presence: 'inCall', sinceMs: nowMs - 3.3 * minute, isConnected: true },
      {
        extension: '202',
        name: 'Thomas Lefèvre',
        presence: 'inCall',
        sinceMs: nowMs - 11.1 * minute,
        isConnected: true,
      },
      { extension: '203', name: 'Karim Haddad', presence: 'afterCall', sinceMs: nowMs - 20_000, isConnected: true },
      { extension: '205', name: 'Inès Moreau', presence: 'ringing', sinceMs: nowMs - 9_000, isConnected: false },
      {
        extension: '204',
        name: 'Lucas Fontaine',
        presence: 'available',
        sinceMs: nowMs - 42 * minute,
        isConnected: true,
      },
      {
        extension: '206',
        name: 'Claire Petit',
        presence: 'offline',
        sinceMs: nowMs - 190 * minute,
        isConnected: false,
      },
    ],
    system: {
      version: '0.1.0',
      isDemo: true,
      pbx: 'connected',
      ninja: 'connected',
      model: 'demo-fr',
      lagMs: 840,
      liveCalls: 3,
      waitingDrafts: 1,
      createdToday: 17,
      unsettledTickets: 1,
      unconfirmedTickets: 1,
      directoryAtMs: nowMs - 200 * minute,
      queues: [
        { queue: '800', name: 'Support', waiting: 2, oldestSinceMs: nowMs - 2.4 * minute, isLongWait: true },
        { queue: '801', name: '', waiting: 0 },
      ],
    },
  };
}

/** Tickets that NinjaOne has, or refuses, and one that is to go on with another. */
export function followedDay(nowMs: number): Snapshot {
  const day = busyDay(nowMs);
  const base = day.drafts.find(({ draftId }) => draftId === 'draft-4');
  if (base?.delivery.progress === undefined) throw new Error('the busy day has a ticket that is followed');
  const { progress } = base.delivery;
  const become = (ticketId: number, subject: string, change: Partial<TicketProgress>): Draft => ({
    ...base,
    draftId: `draft-of-${ticketId}`,
    fields: { ...base.fields, subject },
    changedAtMs: base.changedAtMs - ticketId,
    delivery: { ...base.delivery, ticketId, progress: { ...progress, ...change } },
  });
  const drafts: Draft[] = [
    base,
    become(1039, 'Écran noir au démarrage', { statusId: 5001, parentId: 5000, status: 'Terminé' }),
    become(1038, 'Test de la ligne', { statusId: 1000, parentId: 1000, status: 'Nouveau', isDeleted: true }),
    become(1037, 'Clavier à remplacer', { statusId: 6000, parentId: 6000, status: 'Clos' }),
    {
      ...base,
      draftId: 'draft-refused',
      fields: { ...base.fields, subject: 'Badgeuse hors ligne depuis la coupure' },
      delivery: {
        state: 'rejected',
        hasTranscriptNote: false,
        problem: 'field locationId: NinjaOne answered 400: unknown location',
        problemCode: 'fieldRefused',
        field: 'locationId',
      },
    },
    {
      ...base,
      draftId: 'draft-in-doubt',
      fields: { ...base.fields, subject: 'Messagerie bloquée après la mise à jour' },
      delivery: {
        state: 'unconfirmed',
        hasTranscriptNote: false,
        problem: '',
        problemCode: 'notThisCalls',
        comparedTicketId: 1021,
        ticketsInDoubt: [1018, 1019, 1020],
      },
    },
    {
      ...base,
      draftId: 'draft-comment',
      fields: { ...base.fields, subject: 'Toujours pas de son en visioconférence', commentOn: 1017 },
      state: 'paused',
      isAutomatic: false,
      delivery: { state: 'none', hasTranscriptNote: false, problem: '', problemCode: '' },
    },
  ];
  return { ...day, drafts };
}

/** More of everything than a wall has room for. */
export function crowdedDay(nowMs: number): Snapshot {
  const day = busyDay(nowMs);
  const many = <T>(count: number, items: readonly T[], make: (item: T, index: number) => T): T[] =>
    Array.from({ length: count }, (_, index) => {
      const item = items[index % items.length];
      if (item === undefined) throw new Error('nothing to repeat');
      return make(item, index);
    });
  const talking = day.calls.filter(({ state }) => state === 'connected');
  const calls = many(28, talking, (call, index) => ({
    ...call,
    callId: `crowd-${index}`,
    startedAtMs: call.startedAtMs + index,
    echo: { attenuationDb: 12, delayMs: 150 },
  }));
  return {
    ...day,
    calls,
    utterances: calls.flatMap(({ callId }, index) =>
      day.utterances
        .filter((utterance) => utterance.callId === talking[index % talking.length]?.callId)
        .map((utterance) => ({ ...utterance, callId })),
    ),
    drafts: many(40, day.drafts, (draft, index) => ({ ...draft, draftId: `crowd-${index}` })),
    agents: many(24, day.agents, (agent, index) => ({ ...agent, extension: String(300 + index) })),
    system: { ...day.system, liveCalls: calls.length, waitingDrafts: 10, unsettledTickets: 10 },
  };
}

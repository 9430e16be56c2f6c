// Generated from shared/schema by `npm run generate`. Do not edit.

/**
 * One technician's extension.
 */
export interface Agent {
  extension: string;
  name: string;
  presence: Presence;
  /**
   * of the presence
   */
  sinceMs: number;
  /**
   * the agent program
   */
  isConnected: boolean;
  callId?: string;
}

/**
 * An agent is new or changed.
 */
export interface AgentChanged {
  type: 'agentChanged';
  agent: Agent;
}

/**
 * What the server concludes from one call. snake_case, as tests/eval/analysis fixes it.
 */
export interface Analysis {
  id: string;
  category: Category;
  secondary_category?: Category;
  sentiment: Sentiment;
  sentiment_start: Sentiment;
  sentiment_end: Sentiment;
  priority: Priority;
  resolved: boolean;
  ticket_warranted: boolean;
  callback_promised: boolean;
  subject: string;
  summary: string;
  actions: AnalysisAction[];
  /**
   * person, company, phone, email, device, software, error_code, ticket_number, site
   */
  entities: {
    [k: string]: string[];
  };
  pii: PersonalData[];
  evidence: Evidence[];
  /**
   * what else the category could be
   */
  runner_up?: Category;
  /**
   * one of the configuration's own, within `category`
   */
  custom_category?: string;
  /**
   * the language model that wrote part of it
   */
  improved_by?: string;
}

/**
 * Something to do, or done, that was agreed in the call.
 */
export interface AnalysisAction {
  /**
   * reset_password, callback, ...
   */
  kind: string;
  text: string;
  /**
   * "agent", "customer", or a name
   */
  owner: string;
  /**
   * a day or a local time ("2026-12-01", "2026-12-01T14:00"); as it was said where that is no day, or the call's own is not known
   */
  due?: string;
  /**
   * "done" or "todo"
   */
  status: string;
  /**
   * as it was said, where `due` is a day
   */
  due_spoken?: string;
}

/**
 * What `3cx-ninja-server analyze` reads.
 */
export interface AnalysisInput {
  id: string;
  /**
   * "fr", "en"
   */
  language: string;
  duration_s: number;
  turns: Turn[];
  /**
   * ISO 8601; lets "tomorrow" become a date
   */
  started_at?: string;
}

/**
 * A value of one of the tenant's own ticket fields, as NinjaOne wants it.
 */
export interface AttributeValue {
  attributeId: number;
  value: string;
}

/**
 * Every frame below `next` is on disk: the agent may forget it.
 */
export interface AudioAck {
  type: 'audioAck';
  callId: string;
  next: ChannelPositions;
}

/**
 * No more audio: `frames` were made on each channel.
 */
export interface AudioEnd {
  type: 'audioEnd';
  callId: string;
  frames: ChannelPositions;
  /**
   * where frames of silence stand for what this PC has lost
   */
  gaps?: AudioGap[];
}

/**
 * A stretch of a call, on its clock, whose audio was lost before the server had it, of one side at least.
 */
export interface AudioGap {
  /**
   * since the call was answered
   */
  startMs: number;
  endMs: number;
}

/**
 * The server is ready for a call's audio.
 */
export interface AudioReady {
  type: 'audioReady';
  callId: string;
  /**
   * goes into every frame's header
   */
  streamId: number;
  /**
   * the sequence wanted on each channel
   */
  next: ChannelPositions;
  /**
   * the newest header of an audio frame that it reads; absent: 1
   */
  frameVersion?: number;
  /**
   * pcm, opus; absent: pcm alone
   */
  audioFormats?: string[];
}

/**
 * Asks for the stream of one call's audio; answered by audioReady. Also after each reconnect.
 */
export interface AudioStart {
  type: 'audioStart';
  callId: string;
}

/**
 * One call on one extension.
 */
export interface Call {
  callId: string;
  extension: string;
  /**
   * display name of the extension's user
   */
  technician: string;
  direction: Direction;
  state: CallState;
  stage: CallStage;
  recording: Recording;
  /**
   * as the PBX gives it; empty when withheld
   */
  remoteNumber: string;
  remoteName: string;
  caller: CallerMatch;
  /**
   * milliseconds since 1970 UTC
   */
  startedAtMs: number;
  answeredAtMs?: number;
  endedAtMs?: number;
  isEndEstimated: boolean;
  /**
   * of the transcription
   */
  lagMs: number;
  /**
   * supervisors reading along
   */
  watchers: number;
  isAudioComplete: boolean;
  echo?: Echo;
  /**
   * absent: nothing was said yet
   */
  insight?: CallInsight;
  /**
   * The technician's PC heard nothing: the text is of the PBX's recording, in which both may speak in one channel.
   */
  isFromRecording?: boolean;
  /**
   * in order, apart from each other; absent: none is known
   */
  gaps?: AudioGap[];
}

/**
 * A rule that an utterance met. Carries no word of the call.
 */
export interface CallAlert {
  /**
   * angryCustomer, ..., or as the configuration names it
   */
  rule: string;
  /**
   * for people; empty: a face knows the rule
   */
  text: string;
  utteranceId: string;
  /**
   * since the call was answered
   */
  atMs: number;
}

/**
 * A call is new or changed.
 */
export interface CallChanged {
  type: 'callChanged';
  call: Call;
}

/**
 * The agent program noticed a call by itself.
 */
export interface CallDetected {
  type: 'callDetected';
  /**
   * contact URL, softphone, hotkey
   */
  source: string;
  /**
   * the agent's own id; the same for all messages on this call
   */
  localId: string;
  state: CallState;
  direction: Direction;
  remoteNumber: string;
  remoteName: string;
  /**
   * how long ago it began; an end that says so makes a whole call where no more was said of it
   */
  startedAgeMs?: number;
  /**
   * how long ago it was answered; absent where it was not
   */
  answeredAgeMs?: number;
  /**
   * of an end: how long ago
   */
  endedAgeMs?: number;
}

/**
 * What a call is taken to be while it goes on.
 */
export interface CallInsight {
  /**
   * the customer's, of the last half minute
   */
  mood: Sentiment;
  trend: MoodTrend;
  /**
   * absent: nothing points anywhere yet
   */
  topic?: Category;
  /**
   * one of the configuration's own categories
   */
  customTopic?: string;
  alerts: CallAlert[];
}

/**
 * The call leaves the live view; it stays in the history.
 */
export interface CallRemoved {
  type: 'callRemoved';
  callId: string;
}

/**
 * How far the product is with a call. live: it goes on, or its audio still arrives; transcribing: ended, text outstanding; drafted: a draft exists; closed: nothing more to do.
 */
export type CallStage = 'live' | 'transcribing' | 'analysing' | 'drafted' | 'closed';

/**
 * What the telephone does. missed: ended without having been answered here. ended without answeredAtMs: it is over, and whether it was answered nobody saw; it gets no draft.
 */
export type CallState = 'ringing' | 'dialing' | 'connected' | 'held' | 'ended' | 'missed';

/**
 * A supervisor opens or leaves one live call; audited, and shown to the technician.
 */
export interface CallWatch {
  type: 'callWatch';
  callId: string;
  isWatching: boolean;
}

/**
 * What the directory says about the caller's number.
 */
export interface CallerMatch {
  state: CallerMatchState;
  /**
   * exactly one in state "one"
   */
  contacts: Contact[];
  /**
   * when the directory was last read
   */
  directoryAtMs?: number;
  /**
   * by what the caller was recognised: exactNumber, numberTail, organizationNumber; absent: nothing matched
   */
  rule?: string;
  /**
   * whose number it is, where it is an organisation's and no person's: a switchboard
   */
  organizationId?: number;
  organizationName?: string;
}

/**
 * Who the caller is, without ever guessing.
 */
export type CallerMatchState = 'one' | 'none' | 'several' | 'inactive' | 'stale';

/**
 * What the call is about.
 */
export type Category =
  | 'account_password'
  | 'email'
  | 'network_vpn'
  | 'internet_wifi'
  | 'printer_scanner'
  | 'hardware'
  | 'workstation_performance'
  | 'server_infrastructure'
  | 'software_application'
  | 'security_incident'
  | 'backup_restore'
  | 'telephony'
  | 'onboarding_offboarding'
  | 'procurement_licence'
  | 'information_request'
  | 'other_non_support';

/**
 * A frame number for each channel.
 */
export interface ChannelPositions {
  agent: number;
  customer: number;
}

/**
 * The program at the client's end.
 */
export interface ClientInfo {
  name: string;
  version: string;
}

/**
 * Whatever a client may send as text.
 */
export type ClientMessage =
  | Hello
  | AudioStart
  | AudioEnd
  | CallDetected
  | RecordingPause
  | DraftShown
  | DraftPause
  | DraftEdit
  | DraftConfirm
  | DraftLater
  | DraftDiscard
  | DeliveryDecide
  | CallWatch;

/**
 * How much a conclusion may be relied on.
 */
export type Confidence = 'sure' | 'likely' | 'unsure';

/**
 * A person in NinjaOne's directory.
 */
export interface Contact {
  /**
   * what a ticket's requester is named by
   */
  uid: string;
  name: string;
  email?: string;
  phone?: string;
  organizationId: number;
  organizationName: string;
  isActive: boolean;
}

/**
 * Words of an utterance that were written otherwise than they were heard, as a name that is known.
 */
export interface Correction {
  /**
   * UTF-8 bytes into the utterance's text
   */
  at: number;
  length: number;
  /**
   * what stood there before
   */
  heard: string;
}

/**
 * How far a confirmed draft is on its way into NinjaOne.
 */
export interface Delivery {
  state: DeliveryState;
  ticketId?: number;
  ticketUrl?: string;
  hasTranscriptNote: boolean;
  /**
   * for the technician, in English: detail to problemCode
   */
  problem: string;
  /**
   * lets a face translate the problem
   */
  problemCode: string;
  nextAttemptAtMs?: number;
  /**
   * that NinjaOne refused: a member of DraftFields, or NinjaOne's own name
   */
  field?: string;
  progress?: TicketProgress;
  /**
   * named by a technician: being compared, or not taken
   */
  comparedTicketId?: number;
  /**
   * to be looked at: they may be the call's
   */
  ticketsInDoubt?: number[];
}

/**
 * A technician settles an unconfirmed or rejected delivery.
 */
export interface DeliveryDecide {
  type: 'deliveryDecide';
  draftId: string;
  decision: DeliveryDecision;
  /**
   * the ticket found by hand, for alreadyThere
   */
  ticketId?: number;
}

/**
 * How a technician settles a delivery.
 */
export type DeliveryDecision = 'sendAgain' | 'alreadyThere' | 'giveUp';

/**
 * unknown: sent, no answer, being looked up; waiting: will be tried at nextAttemptAtMs; unconfirmed: a technician must decide; rejected: see problem.
 */
export type DeliveryState =
  'none' | 'queued' | 'sending' | 'unknown' | 'waiting' | 'created' | 'unconfirmed' | 'rejected';

/**
 * A computer of the caller's organisation.
 */
export interface Device {
  id: number;
  name: string;
  organizationId: number;
  locationId?: number;
  isOffline: boolean;
  /**
   * NinjaOne ties it to the caller; those come first
   */
  isCallers: boolean;
  /**
   * what NinjaOne says is wrong with it, in its words
   */
  alerts: string[];
}

/**
 * Who called whom.
 */
export type Direction = 'inbound' | 'outbound' | 'internal';

/**
 * A ticket before it is one.
 */
export interface Draft {
  draftId: string;
  callId: string;
  extension: string;
  state: DraftState;
  /**
   * grows with each change; an edit names the one it was made on
   */
  revision: number;
  fields: DraftFields;
  /**
   * as the analysis made it
   */
  generated: DraftFields;
  actions: AnalysisAction[];
  problems: FieldProblem[];
  /**
   * at zero a ticket is created by itself
   */
  isAutomatic: boolean;
  /**
   * why not automatic: requesterUnknown, ticketNotWarranted, autoOff, agentAway, ...
   */
  heldBecause: string;
  countdownTotalMs: number;
  /**
   * when this message was made
   */
  countdownLeftMs: number;
  createdAtMs: number;
  changedAtMs: number;
  discardReason: string;
  delivery: Delivery;
  offers?: TicketOffer[];
  /**
   * to choose from
   */
  devices?: Device[];
  /**
   * to choose from
   */
  locations?: Location[];
  /**
   * of a discarded one: the later call's, which carries it
   */
  continuedIn?: string;
  reasons?: FieldReason[];
  /**
   * what a language model wrote, later than the popup; an edit takes it up
   */
  proposed?: DraftFields;
}

/**
 * A draft is new or changed.
 */
export interface DraftChanged {
  type: 'draftChanged';
  draft: Draft;
}

/**
 * 'Create now'. Saying it twice creates one ticket.
 */
export interface DraftConfirm {
  type: 'draftConfirm';
  draftId: string;
  revision: number;
}

/**
 * No ticket for this call.
 */
export interface DraftDiscard {
  type: 'draftDiscard';
  draftId: string;
  reason: string;
}

/**
 * Replaces the fields. Refused with "conflict" when `revision` is not the draft's.
 */
export interface DraftEdit {
  type: 'draftEdit';
  draftId: string;
  revision: number;
  fields: DraftFields;
}

/**
 * What the technician can edit in a draft.
 */
export interface DraftFields {
  /**
   * 1 to 200 characters
   */
  subject: string;
  /**
   * becomes the ticket's description
   */
  summary: string;
  organizationId?: number;
  organizationName: string;
  requesterUid?: string;
  requesterName: string;
  /**
   * absent: for the technician to say
   */
  category?: Category;
  type: TicketType;
  /**
   * absent: for the technician to say
   */
  priority?: Priority;
  severity: Severity;
  tags: string[];
  /**
   * close the ticket at once
   */
  isSolved: boolean;
  /**
   * the description may be e-mailed to the customer
   */
  isPublic: boolean;
  /**
   * masked, as a private note
   */
  includesTranscript: boolean;
  locationId?: number;
  deviceId?: number;
  /**
   * of the new ticket; absent: as configured
   */
  status?: string;
  /**
   * absent: as configured
   */
  ticketFormId?: number;
  attributes?: AttributeValue[];
  /**
   * as a time entry, which may be billed; absent: none
   */
  timeTrackedS?: number;
  /**
   * an offer taken up: the call becomes a comment on this open ticket, in place of a new one
   */
  commentOn?: number;
  /**
   * an offer taken up: this draft stands for that draft's call as well
   */
  continues?: string;
  /**
   * one of the configuration's own, within `category`
   */
  customCategory?: string;
}

/**
 * To the inbox, countdown off.
 */
export interface DraftLater {
  type: 'draftLater';
  draftId: string;
}

/**
 * Stops or restarts the countdown.
 */
export interface DraftPause {
  type: 'draftPause';
  draftId: string;
  isPaused: boolean;
}

/**
 * The popup is on screen: the countdown may start.
 */
export interface DraftShown {
  type: 'draftShown';
  draftId: string;
}

/**
 * inbox: waits for a person; counting: the countdown runs; paused: somebody edits; confirmed: handed to delivery.
 */
export type DraftState = 'inbox' | 'counting' | 'paused' | 'confirmed' | 'discarded';

/**
 * The customer's voice in the agent's microphone, as without a headset. It is taken out before there is text.
 */
export interface Echo {
  /**
   * below the customer's channel
   */
  attenuationDb: number;
  delayMs: number;
}

/**
 * What a client did wrong or may not do. The connection stays open unless isFatal.
 */
export interface ErrorReply {
  type: 'errorReply';
  /**
   * badMessage, unknownType, tooLarge, wrongSequence, conflict, forbidden, notFound, ...
   */
  code: string;
  /**
   * what, where, what to do
   */
  message: string;
  /**
   * callId or draftId
   */
  about?: string;
  isFatal: boolean;
}

/**
 * One numbered event of this client's stream: no gap, no repeat.
 */
export interface Event {
  type: 'event';
  sequence: number;
  event: EventBody;
}

/**
 * What happened.
 */
export type EventBody = CallChanged | CallRemoved | UtteranceChanged | DraftChanged | AgentChanged | SystemChanged;

/**
 * The last event a client has applied.
 */
export interface EventPosition {
  /**
   * changes with each start of the server
   */
  epoch: string;
  sequence: number;
}

/**
 * Why a conclusion was drawn.
 */
export interface Evidence {
  /**
   * a field of the analysis
   */
  field: string;
  cue: string;
  /**
   * indices into the input's turns
   */
  turns: number[];
  confidence: Confidence;
}

/**
 * What a connection is: an agent program or a dashboard.
 */
export type Face = 'agent' | 'board';

/**
 * A field that keeps a draft from becoming a ticket.
 */
export interface FieldProblem {
  /**
   * e.g. "requesterUid"
   */
  field: string;
  /**
   * e.g. "required"
   */
  code: string;
}

/**
 * What a field of a draft rests on. A field that is unsure is left empty.
 */
export interface FieldReason {
  /**
   * of DraftFields
   */
  field: string;
  /**
   * what the field is, or might be
   */
  value: string;
  confidence: Confidence;
  /**
   * the words that speak for it, masked
   */
  cue: string;
  utterances: string[];
}

/**
 * A client's first message.
 */
export interface Hello {
  type: 'hello';
  protocol: number;
  face: Face;
  client: ClientInfo;
  /**
   * an agent with a site-wide key says whose program it is
   */
  extension?: string;
  lastEvent?: EventPosition;
}

/**
 * The server's connection to the PBX or to NinjaOne.
 */
export type LinkState = 'notConfigured' | 'connecting' | 'connected' | 'failed' | 'needsLogin';

/**
 * A site of an organisation.
 */
export interface Location {
  id: number;
  name: string;
}

/**
 * How the mood of the last half minute stands to the one before.
 */
export type MoodTrend = 'falling' | 'steady' | 'rising';

/**
 * What a draft may be made part of.
 */
export type OfferKind = 'comment' | 'continue';

/**
 * Where a piece of personal data stands. `text` and `value` are never stored or sent.
 */
export interface PersonalData {
  kind: PersonalDataKind;
  text?: string;
  value?: string;
  /**
   * index into the input's turns
   */
  turn: number;
  /**
   * bytes into the turn's text
   */
  begin: number;
  end: number;
}

/**
 * What is masked before a text is stored or sent.
 */
export type PersonalDataKind = 'card' | 'password' | 'iban' | 'ssn' | 'birthdate';

/**
 * What a technician is doing. A reader takes a word of a newer server for away.
 */
export type Presence = 'available' | 'ringing' | 'inCall' | 'afterCall' | 'away' | 'queueLoggedOut' | 'offline';

/**
 * NinjaOne's priorities.
 */
export type Priority = 'LOW' | 'MEDIUM' | 'HIGH';

/**
 * Who waits in a queue of the PBX, as it was last looked at.
 */
export interface QueueState {
  /**
   * its number, e.g. "800"
   */
  queue: string;
  /**
   * may be empty
   */
  name: string;
  waiting: number;
  /**
   * the longest wait began then; absent: nobody waits
   */
  oldestSinceMs?: number;
  /**
   * it is longer than pbx.longWaitSeconds
   */
  isLongWait?: boolean;
}

/**
 * none: no audio yet; blocked: not to be recorded (the do-not-record list, or an internal call where those are not recorded), never captured or forgotten again; paused: by the technician.
 */
export type Recording = 'none' | 'active' | 'paused' | 'blocked';

/**
 * Pauses or resumes the transcription of a call.
 */
export interface RecordingPause {
  type: 'recordingPause';
  callId: string;
  isPaused: boolean;
}

/**
 * The customer's mood, from the customer's words only.
 */
export type Sentiment = 'negative' | 'neutral' | 'positive';

/**
 * Whatever the server may send as text.
 */
export type ServerMessage = Welcome | Snapshot | Event | AudioReady | AudioAck | ErrorReply;

/**
 * NinjaOne's severities.
 */
export type Severity = 'NONE' | 'MINOR' | 'MODERATE' | 'MAJOR' | 'CRITICAL';

/**
 * All a client may know at event number `sequence`.
 */
export interface Snapshot {
  type: 'snapshot';
  epoch: string;
  sequence: number;
  serverTimeMs: number;
  calls: Call[];
  utterances: Utterance[];
  drafts: Draft[];
  agents: Agent[];
  system: SystemStatus;
}

/**
 * Which channel of the call: the technician's microphone or the other party.
 */
export type Speaker = 'agent' | 'customer';

/**
 * The server's health changed.
 */
export interface SystemChanged {
  type: 'systemChanged';
  system: SystemStatus;
}

/**
 * The server's own health, as the faces show it.
 */
export interface SystemStatus {
  version: string;
  isDemo: boolean;
  pbx: LinkState;
  ninja: LinkState;
  /**
   * of the final text, e.g. "base"
   */
  model: string;
  lagMs: number;
  liveCalls: number;
  /**
   * in the inbox, for a person to decide
   */
  waitingDrafts: number;
  createdToday: number;
  /**
   * confirmed, and waiting, being looked up, unconfirmed or rejected
   */
  unsettledTickets: number;
  /**
   * of those: a technician must decide
   */
  unconfirmedTickets?: number;
  /**
   * when NinjaOne's people were last read; absent: never
   */
  directoryAtMs?: number;
  /**
   * what the server cannot put on its disk: audioNotStored, databaseNotWritten; absent: the disk takes all
   */
  storageProblem?: string;
  /**
   * absent: the PBX does not show them
   */
  queues?: QueueState[];
}

/**
 * What this call may belong to. Offered, never taken up without a person.
 */
export interface TicketOffer {
  kind: OfferKind;
  /**
   * of a comment
   */
  ticketId?: number;
  /**
   * of a continuation
   */
  draftId?: string;
  subject: string;
  /**
   * the ticket's, in NinjaOne's words; empty for a draft
   */
  status: string;
  changedAtMs: number;
  isSameTopic: boolean;
}

/**
 * What has become of a ticket of ours in NinjaOne.
 */
export interface TicketProgress {
  statusId: number;
  /**
   * NinjaOne's own status behind a tenant's: 1000 new ... 5000 resolved, 6000 closed
   */
  parentId: number;
  /**
   * in the tenant's words
   */
  status: string;
  isDeleted: boolean;
  changedAtMs: number;
  seenAtMs: number;
}

/**
 * NinjaOne's ticket types.
 */
export type TicketType =
  | 'PROBLEM'
  | 'QUESTION'
  | 'INCIDENT'
  | 'TASK'
  | 'SERVICE_REQUEST'
  | 'CHANGE_REQUEST'
  | 'PROJECT'
  | 'APPOINTMENT'
  | 'MISCELLANEOUS';

/**
 * One turn of speech as the analysis reads it.
 */
export interface Turn {
  speaker: Speaker;
  /**
   * seconds since the call was answered
   */
  t0: number;
  /**
   * seconds since the call was answered
   */
  t1: number;
  text: string;
}

/**
 * One utterance of one channel. A later one with the same utteranceId and a higher revision replaces it; once final, only where words are taken out of it: personal data, or an erasure.
 */
export interface Utterance {
  callId: string;
  utteranceId: string;
  channel: Speaker;
  revision: number;
  isFinal: boolean;
  /**
   * the final text is made without it and may differ, also from its stable part
   */
  isProvisional: boolean;
  /**
   * since the call was answered
   */
  startMs: number;
  endMs: number;
  /**
   * length in UTF-8 bytes of the prefix of `text` that will not change any more; of a provisional text: until the final one
   */
  stableBytes: number;
  text: string;
  /**
   * from the last sample used to this text
   */
  lagMs: number;
  /**
   * of a final text, in its order, apart from each other; absent: none. Put back in their places they give the text as it was heard
   */
  corrections?: Correction[];
}

/**
 * An utterance is new or changed.
 */
export interface UtteranceChanged {
  type: 'utteranceChanged';
  utterance: Utterance;
}

/**
 * The server's answer to hello.
 */
export interface Welcome {
  type: 'welcome';
  protocol: number;
  serverVersion: string;
  epoch: string;
  /**
   * agent, dashboard, supervisor, admin
   */
  role: string;
  extension?: string;
  /**
   * of its data: stays through restarts, moves and restores
   */
  serverId?: string;
}

/** What `GET /_sim/state` of the simulators tells; only what the tests read. */
export interface SimTicket {
  id: number;
  subject: string;
  requesterUid: string | null;
  clientId: number;
  status: { statusId: number };
  priority: string;
  logEntries: { type: string; body: string; publicEntry: boolean }[];
}
export interface NinjaState {
  tickets: SimTicket[];
  requests: Record<string, number>;
  /** Requests that NinjaOne's interface does not describe. */
  violations: { count: number; latest: { method: string; path: string; violations: string[] }[] };
}
export interface PbxState {
  calls: { state: string; extension: string }[];
  tokensIssued: number;
}

// A telephone in a page, as pages know it: one line, at most one call. What speaks SIP stands behind it
// (jssip-phone.ts) and is loaded when a phone is turned on, not before.
//
//   line   joining --> ready <--> lost        a lost line is joined again by itself
//                \--------\--> elsewhere      another page has taken the line
//                 \--> refused                the centre does not give it; `turnOn` asks again
//   call   (none) --> ringing --> talking --> (none, and `ended` says why)

/** What the centre lends: where to join, and with which password. Never in a URL, never kept. */
export type LentLine = { readonly user: string; readonly password: string; readonly path: string };

export type LineState = 'joining' | 'ready' | 'lost' | 'elsewhere' | 'refused';

export type PhoneCall = {
  readonly direction: 'in' | 'out';
  readonly state: 'ringing' | 'talking';
  /** The browser's time, ms: since when it rings, or since it was answered. */
  readonly since: number;
  readonly isMuted: boolean;
};

export type EndCause =
  | 'here'
  | 'there'
  /** The other end gave up before it was answered. */
  | 'given_up'
  | 'no_answer'
  | 'busy'
  | 'rejected'
  | 'unreachable'
  /** The network, on the way. */
  | 'lost'
  /** No way for the sound was found. */
  | 'sound'
  | 'failed';

export type PhoneView = {
  readonly line: LineState;
  readonly call: PhoneCall | null;
  readonly ended: { readonly cause: EndCause; readonly at: number } | null;
};

/** What a page's own keys may do with its telephone; null where nobody is on it. */
export type PhoneActs = { readonly mute: () => void; readonly keypad: () => void };

/** How the sound arrives, over the last seconds. */
export type Quality = {
  readonly roundTripMs: number | null;
  readonly jitterMs: number;
  /** Of the packets expected, 0 to 1. */
  readonly lostShare: number;
};

export type Key = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '*' | '#';
export const KEYS: readonly Key[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

export interface Phone {
  /** The same object until something changes. */
  view(): PhoneView;
  subscribe(listener: () => void): () => void;
  call(number: string): void;
  answer(): void;
  /** Ends the call; of one that rings here, rejects it. */
  hangUp(): void;
  mute(isMuted: boolean): void;
  press(key: Key): void;
  /** Null: nothing arrives. */
  quality(): Promise<Quality | null>;
  /** Ends everything, the line too. */
  close(): void;
}

/** The sound of the page that a phone uses: what it sends, and where what it hears goes. */
export type PhoneSound = {
  readonly outgoing: MediaStream;
  hear(incoming: MediaStream | null): void;
};

/** `later`: nobody could be asked now. Null: refused. */
export type Lend = () => Promise<LentLine | 'later' | null>;

export type PhoneOptions = {
  /** Asked at the beginning, and again when the centre knows the line no more. */
  readonly lend: Lend;
  readonly sound: PhoneSound;
};

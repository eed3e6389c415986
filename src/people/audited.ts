// What stands in the audit: what people do that is no fact of the journal, and what they look at. A name never changes its
// meaning.

export type Audited =
  | 'account.added'
  | 'account.changed'
  | 'account.signed_in'
  /** Name or password was wrong, or the account is disabled. */
  | 'account.sign_in_refused'
  | 'account.signed_out'
  | 'audit.read'
  | 'audit.verified'
  /** Put in force while the centre ran: `about` is what is different, `why` the words of who did it. */
  | 'configuration.changed'
  /** A client was shown on their agent's page, notes and all: `about` is their number's key; of a relay service, the callback. */
  | 'client.shown'
  /** The document was given out as a file. */
  | 'configuration.exported'
  /** A client's e-mail address was kept with their number, or is kept no more; `about` is the key of the number. */
  | 'email.kept'
  | 'email.removed'
  /** Everything that is held on one person was given out; `about` is the key of their number. */
  | 'person.exported'
  /** The owners' own sound of a phrase is said, or the release's again; `about` is its language and name. */
  | 'prompt.replaced'
  | 'prompt.taken_back'
  /** A recording of the owners was put in place of another; `about` is its language and name. */
  | 'recording.replaced'
  /** What was due was let go; `about` says how many of each kind. */
  | 'retention.swept'
  /** By a client on their own page: `about` is their callback, `why` which of the things that can be chosen. */
  | 'page.reported'
  /** For a number or a reference; `about` is its key, `why` the words of who searched. */
  | 'search.made'
  | 'token.added'
  | 'token.ended';

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
  /** For a number or a reference; `about` is its key, `why` the words of who searched. */
  | 'search.made'
  | 'token.added'
  | 'token.ended';

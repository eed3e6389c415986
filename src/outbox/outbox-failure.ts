// Why the outbox cannot do what it was asked: one line that says what, where and how to mend it, and a stable code.

export class OutboxFailure extends Error {
  override name = 'OutboxFailure';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

// Why a centre cannot be opened: one line that says what, where and how to mend it, and a stable code.

export class CentreFailure extends Error {
  override name = 'CentreFailure';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

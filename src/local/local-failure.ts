// A known failure of the machine around us: something is missing, in use, full or too old. Its message is the one
// line that the operator reads, so it says what, where and how to mend it; its code `<noun>.<reason>` never changes
// and stands in docs/errors.md. Bugs are not this: they are assertions.

/** Thrown by everything in this room when the machine, not the program, is at fault. */
export class LocalFailure extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LocalFailure';
    this.code = code;
  }
}

/** The words of an error that was caught, for the end of a message. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** True for errors that say the disk, or the part of it that we may use, is full. */
export function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

// Facts of one append, as the three parameters of its statement: PostgreSQL's own binary arrays, which `pg` sends as
// they are when they come in Buffers. One encoding per fact, straight into the array; measured, this is several
// times quicker than arrays in text. It must not know connections, nor what a fact means.
import { assert } from '../../core/assert.ts';
import { nextChecksum, writeInteger64 } from '../chain.ts';
import { appendBytesMax, appendRowsMax, type Fact, factBytesMax, type NewRow } from '../journal.ts';

const oidBytea = 17;
const oidBigint = 20;
/** Dimensions, has-nulls flag, element type, length, lower bound: five 32-bit integers. */
const arrayHeaderBytes = 20;
const lengthBytes = 4;
const integerElementBytes = lengthBytes + 8;
/** UTF-8 needs at most three bytes for one UTF-16 unit. */
const bytesPerUnitMax = 3;
const scratchBytesMin = 64 * 1024;

/** One append, encoded. The Buffers stay valid until the encoder encodes again. */
export type Batch = {
  readonly count: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly lastChecksum: number;
  readonly ats: Buffer;
  readonly checksums: Buffer;
  readonly bytes: Buffer;
};

function writeArrayHeader(into: Buffer, elementOid: number, count: number): void {
  into.writeInt32BE(1, 0);
  into.writeInt32BE(0, 4);
  into.writeInt32BE(elementOid, 8);
  into.writeInt32BE(count, 12);
  into.writeInt32BE(1, 16);
}

function writeBigintElement(into: Buffer, index: number, value: number): void {
  const offset = arrayHeaderBytes + index * integerElementBytes;
  into.writeInt32BE(8, offset);
  writeInteger64(into, value, offset + lengthBytes);
}

/** Encodes one batch at a time into memory that it keeps and grows. */
export class BatchEncoder {
  #scratch = Buffer.allocUnsafe(scratchBytesMin);

  encode(
    rows: readonly NewRow<Fact>[],
    after: { readonly seq: number; readonly checksum: number; readonly epoch: number },
  ): Batch {
    const count = rows.length;
    assert(count > 0 && count <= appendRowsMax, `an append has 1 to ${appendRowsMax} rows, not ${count}`);
    const integersBytes = arrayHeaderBytes + count * integerElementBytes;
    const ats = Buffer.allocUnsafe(integersBytes);
    const checksums = Buffer.allocUnsafe(integersBytes);
    writeArrayHeader(ats, oidBigint, count);
    writeArrayHeader(checksums, oidBigint, count);
    writeArrayHeader(this.#scratch, oidBytea, count);
    let checksum = after.checksum;
    let offset = arrayHeaderBytes;
    for (let index = 0; index < count; index += 1) {
      const { at, fact } = rows[index] as NewRow<Fact>;
      assert(Number.isSafeInteger(at) && at >= 0, 'a fact is stamped with whole milliseconds');
      const start = offset + lengthBytes;
      offset = this.#writeFact(fact, offset);
      checksum = nextChecksum(
        checksum,
        after.seq + 1 + index,
        after.epoch,
        at,
        this.#scratch.subarray(start, offset),
      );
      writeBigintElement(ats, index, at);
      writeBigintElement(checksums, index, checksum);
    }
    return {
      count,
      firstSeq: after.seq + 1,
      lastSeq: after.seq + count,
      lastChecksum: checksum,
      ats,
      checksums,
      bytes: this.#scratch.subarray(0, offset),
    };
  }

  /** Writes length and JSON at `offset` and gives the offset behind them. */
  #writeFact(fact: Fact, offset: number): number {
    const text = JSON.stringify(fact);
    const needed = offset + lengthBytes + text.length * bytesPerUnitMax;
    if (needed > this.#scratch.length) this.#grow(needed, offset);
    const written = this.#scratch.write(text, offset + lengthBytes, 'utf8');
    assert(written <= factBytesMax, `the fact ${fact.type} is longer than ${factBytesMax} bytes`);
    this.#scratch.writeInt32BE(written, offset);
    const end = offset + lengthBytes + written;
    assert(end <= appendBytesMax, `an append is longer than ${appendBytesMax} bytes`);
    return end;
  }

  #grow(needed: number, used: number): void {
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#scratch.length * 2));
    this.#scratch.copy(larger, 0, 0, used);
    this.#scratch = larger;
  }
}

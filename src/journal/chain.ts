// The chain of checksums: each row's CRC-32 continues the one before it and covers seq, epoch, at and bytes,
// so that a row that is altered, lost, moved or doubled shows at its seq. It finds accidents, not forgers.
// Also how a fact becomes bytes and comes back: JSON, one encoding per fact. It must not know what facts mean.
import { crc32 } from 'node:zlib';
import { ChainBroken, type Fact, type Row } from './journal.ts';

/** The checksum before the first row. */
export const chainStart = 0;

const headerBytes = 24;
const header = Buffer.alloc(headerBytes);
const two32 = 0x1_0000_0000;

/** Writes an unsigned integer up to 2^53 as eight bytes, big end first. Twice as quick as by BigInt. */
export function writeInteger64(into: Buffer, value: number, offset: number): void {
  into.writeUInt32BE(Math.floor(value / two32), offset);
  into.writeUInt32BE(value >>> 0, offset + 4);
}

/** Reads what writeInteger64 wrote, or a PostgreSQL bigint that is not negative. */
export function readInteger64(from: Buffer, offset: number): number {
  return from.readUInt32BE(offset) * two32 + from.readUInt32BE(offset + 4);
}

/** The checksum of one row, as an unsigned 32-bit integer. */
export function nextChecksum(
  previous: number,
  seq: number,
  epoch: number,
  at: number,
  bytes: Buffer,
): number {
  writeInteger64(header, seq, 0);
  writeInteger64(header, epoch, 8);
  writeInteger64(header, at, 16);
  return crc32(bytes, crc32(header, previous));
}

/** A row as it stands in a store. */
export type StoredRow = {
  readonly seq: number;
  readonly epoch: number;
  readonly at: number;
  readonly bytes: Buffer;
  readonly checksum: number;
};

/** Follows the chain row by row and gives the facts back, or throws ChainBroken. */
export class ChainReader<F extends Fact> {
  readonly #shard: string;
  #seq: number;
  #epoch = 0;
  #checksum: number;

  /** `seq` and `checksum` of the row before the first one to be read (0 and chainStart for the very first). */
  constructor(shard: string, seq: number, checksum: number) {
    this.#shard = shard;
    this.#seq = seq;
    this.#checksum = checksum;
  }

  get seq(): number {
    return this.#seq;
  }

  read(row: StoredRow): Row<F> {
    const expected = this.#seq + 1;
    if (row.seq !== expected) {
      throw new ChainBroken(this.#shard, expected, `the next row that exists is ${row.seq}`);
    }
    const checksum = nextChecksum(this.#checksum, row.seq, row.epoch, row.at, row.bytes);
    if (checksum !== row.checksum)
      throw new ChainBroken(this.#shard, expected, 'its checksum does not match');
    if (row.epoch < this.#epoch)
      throw new ChainBroken(this.#shard, expected, 'its epoch is older than the one before');
    this.#seq = row.seq;
    this.#epoch = row.epoch;
    this.#checksum = checksum;
    return { seq: row.seq, epoch: row.epoch, at: row.at, fact: this.#parse(row), checksum };
  }

  #parse(row: StoredRow): F {
    try {
      return JSON.parse(row.bytes.toString('utf8')) as F;
    } catch {
      throw new ChainBroken(this.#shard, row.seq, 'its bytes are not JSON');
    }
  }
}

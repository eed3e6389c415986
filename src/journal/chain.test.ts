// The chain, and its checksums as they are for ever: a journal written by an older release must still be readable.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChainReader, chainStart, nextChecksum, readInteger64, writeInteger64 } from './chain.ts';
import { ChainBroken } from './journal.ts';

const bytes = Buffer.from('{"type":"call.arrived","v":1,"call":1}');

describe('the chain', () => {
  it('has the checksums that it always had', () => {
    const first = nextChecksum(chainStart, 1, 1, 1_700_000_000_000, bytes);
    const second = nextChecksum(first, 2, 1, 1_700_000_000_000, bytes);
    const third = nextChecksum(second, 3, 4_294_967_297, 9_007_199_254_740_991, Buffer.alloc(0));
    expect([first, second, third]).toEqual([1_585_683_364, 2_959_670_075, 1_041_043_003]);
  });

  it('depends on every part of a row and on the row before', () => {
    const base = nextChecksum(7, 2, 1, 5, bytes);
    const others = [
      nextChecksum(8, 2, 1, 5, bytes),
      nextChecksum(7, 3, 1, 5, bytes),
      nextChecksum(7, 2, 2, 5, bytes),
      nextChecksum(7, 2, 1, 6, bytes),
      nextChecksum(7, 2, 1, 5, bytes.subarray(1)),
    ];
    expect(others).not.toContain(base);
  });

  it('refuses what is not a fact, and an epoch that goes back', () => {
    const noJson = Buffer.from('{');
    const row = (seq: number, epoch: number, previous: number, content = bytes) => {
      return { seq, epoch, at: 1, bytes: content, checksum: nextChecksum(previous, seq, epoch, 1, content) };
    };
    expect(() => new ChainReader('s1', 0, chainStart).read(row(1, 1, chainStart, noJson))).toThrow(
      /not JSON/,
    );
    const reader = new ChainReader('s1', 0, chainStart);
    const { checksum } = reader.read(row(1, 2, chainStart));
    expect(() => reader.read(row(2, 1, checksum))).toThrow(ChainBroken);
  });

  it('writes integers up to 2^53 as PostgreSQL reads them', () => {
    const buffer = Buffer.alloc(8);
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        writeInteger64(buffer, value, 0);
        expect([readInteger64(buffer, 0), Number(buffer.readBigInt64BE(0))]).toEqual([value, value]);
      }),
    );
  });
});

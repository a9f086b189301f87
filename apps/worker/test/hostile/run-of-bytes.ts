import { constants, deflateRawSync } from 'node:zlib';
import { MEBIBYTE } from './case.js';

/** One byte many times over, which is packed at once, however long it is. */
export interface RunOfBytes {
  readonly byte: number;
  /** Whole mebibytes. */
  readonly mebibytes: number;
}

export const isRun = (data: Buffer | string | RunOfBytes): data is RunOfBytes =>
  typeof data === 'object' && 'mebibytes' in data;

/** The run as a zlib stream (RFC 1950): one packed mebibyte as often as it takes, and the checksum by its formula. */
export function packedRun({ byte, mebibytes }: RunOfBytes): Buffer {
  const piece = deflateRawSync(Buffer.alloc(MEBIBYTE, byte), { finishFlush: constants.Z_FULL_FLUSH });
  const length = BigInt(mebibytes) * BigInt(MEBIBYTE);
  const prime = 65_521n;
  const first = (1n + length * BigInt(byte)) % prime;
  const second = (length + (BigInt(byte) * length * (length + 1n)) / 2n) % prime;
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(Number((second << 16n) | first));
  const header = Buffer.from([0x78, 0x9c]);
  const lastAndEmpty = Buffer.from([0x03, 0x00]);
  return Buffer.concat([header, ...Array.from({ length: mebibytes }, () => piece), lastAndEmpty, checksum]);
}

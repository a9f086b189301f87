import { crc32, deflateSync } from 'node:zlib';
import { bytesOf, type HostileCase } from './case.js';
import { isRun, packedRun, type RunOfBytes } from './run-of-bytes.js';

const LONG_RUN: RunOfBytes = { byte: 0, mebibytes: 1500 };

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(typed), 4);
  return Buffer.concat([ends.subarray(0, 4), typed, ends.subarray(4)]);
}

/** A grey PNG that says this size, of these data and further chunks before them. */
function png(
  width: number,
  height: number,
  data: Buffer | RunOfBytes,
  before: readonly Buffer[] = [],
): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.writeUInt8(8, 8);
  return new Uint8Array(
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      chunk('IHDR', head),
      ...before,
      chunk('IDAT', isRun(data) ? packedRun(data) : deflateSync(data, { level: 9 })),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

const segment = (marker: number, data: readonly number[]): Buffer =>
  Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff, ...data]);

/** A JPEG that says this size, and of which each further scan goes over all of it again (ITU-T T.81, annex G). */
function jpeg(width: number, height: number, scans: number): Uint8Array {
  const table = (kind: number, symbol: number): Buffer =>
    segment(0xc4, [kind, 1, ...Array.from({ length: 15 }, () => 0), symbol]);
  const frame = [8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0];
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  // Runs of 16,384 blocks of which nothing comes: the code (0), then fourteen bits that say how many further ones.
  const runs = Math.ceil(blocks / 16_384);
  const bits = '000000000000000'.repeat(runs);
  const data = Buffer.from(
    (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '1'), 2)),
  );
  const first = Buffer.concat([segment(0xda, [1, 1, 0, 0, 0, 0]), Buffer.alloc(Math.ceil(blocks / 8))]);
  const further = Buffer.concat([segment(0xda, [1, 1, 0, 1, 63, 0]), data]);
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0xff, 0xd8]),
      segment(0xdb, [0, ...Array.from({ length: 64 }, () => 1)]),
      segment(0xc2, frame),
      table(0, 0),
      table(0x10, 0xe0),
      first,
      ...Array.from({ length: scans }, () => further),
      Buffer.from([0xff, 0xd9]),
    ]),
  );
}

const SMALLER = /smaller|Take or export it again|plainer form/;

export const PICTURES: readonly HostileCase[] = [
  {
    name: 'png-of-fifty-thousand-by-fifty-thousand',
    make: () => png(50_000, 50_000, Buffer.alloc(1000)),
    comes: { refused: ['too-large'], says: /50000 × 50000 pixels.*smaller/ },
  },
  {
    name: 'jpeg-of-sixty-five-thousand-by-sixty-five-thousand',
    make: () => jpeg(65_500, 65_500, 0),
    comes: { refused: ['too-large'], says: /65500 × 65500 pixels.*smaller/ },
  },
  {
    name: 'png-of-thirty-six-megapixels-of-nothing',
    make: () => png(6000, 6000, Buffer.alloc(6001 * 6000, 255)),
    comes: { read: /^\[picture\]$/, doubted: /picture/ },
  },
  {
    name: 'png-with-far-more-data-than-its-size-has-use-for',
    make: () => png(40, 40, LONG_RUN),
    comes: { read: /^\[picture\]$/, doubted: /picture/ },
  },
  {
    name: 'png-with-a-profile-that-is-a-bomb',
    make: () =>
      png(40, 40, Buffer.alloc(41 * 40, 255), [
        chunk('iCCP', Buffer.concat([Buffer.from('a\0\0', 'latin1'), packedRun(LONG_RUN)])),
      ]),
    comes: { read: /^\[picture\]$/, doubted: /picture/ },
  },
  {
    name: 'png-with-words-that-are-a-bomb',
    make: () =>
      png(40, 40, Buffer.alloc(41 * 40, 255), [
        chunk('zTXt', Buffer.concat([Buffer.from('a\0\0', 'latin1'), packedRun(LONG_RUN)])),
      ]),
    comes: { read: /^\[picture\]$/, doubted: /picture/ },
  },
  {
    name: 'jpeg-that-is-gone-over-twenty-thousand-times',
    make: () => jpeg(6000, 6000, 20_000),
    comes: { refused: ['too-slow', 'broken', 'empty'], says: SMALLER },
  },
  {
    name: 'gif-of-ten-thousand-frames',
    make: () =>
      new Uint8Array(
        Buffer.concat([
          Buffer.from('GIF89a\xff\xff\xff\xff\x00\x00\x00', 'latin1'),
          ...Array.from({ length: 10_000 }, () =>
            Buffer.from('\x2c\0\0\0\0\xff\xff\xff\xff\0\x02\x02\x4c\x01\0', 'latin1'),
          ),
          Buffer.from(';'),
        ]),
      ),
    comes: { refused: ['unknown-format'], says: /Save or export/ },
  },
  {
    name: 'vector-picture-with-a-script',
    make: () =>
      bytesOf(
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><text>The total is 1792.</text></svg>',
      ),
    comes: { read: /The total is 1792\./ },
  },
];

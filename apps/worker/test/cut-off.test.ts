import { createCanvas, type Canvas } from '@napi-rs/canvas';
import { describe, expect, it } from '@jest/globals';
import type { ReadResult } from '@tensormark/documents';
import { pdf, put } from '../../../libs/documents/test/writing/pdf.js';
import { zip } from '../../../libs/documents/test/writing/zip.js';
import { pictureSize } from '../src/reading/picture-size.js';
import { processFile } from '../src/reading/process-file.js';
import { readApart } from '../src/reading/read-apart.js';
import { isWhole } from '../src/reading/whole-picture.js';

const apart = (bytes: Uint8Array): Promise<ReadResult> =>
  readApart(bytes, processFile(), {
    seconds: 100,
    processorSeconds: 60,
    processorSecondsPerPicture: 8,
    megabytes: 1200,
  });

/** As many places within a file as are read at once, spread over it and the same each time; the last byte is one. */
function cutsOf(bytes: Uint8Array, from = 1): readonly Uint8Array[] {
  const MOST = 36;
  let seed = bytes.length;
  const places = Array.from({ length: MOST }, (_, at) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    const step = (bytes.length - from - 1) / MOST;
    return Math.floor(from + step * at + ((seed >>> 16) / 65_536) * step);
  });
  return [...places, bytes.length - 1].map((end) => bytes.slice(0, end));
}

/** The files of one archive, beside one that is whole: one process reads them all. */
async function together(files: readonly Uint8Array[], ending: string) {
  const names = files.map((_, at) => `${String(at).padStart(2, '0')}.${ending}`);
  const result = await apart(
    zip([
      { name: 'a.md', data: 'Whole.' },
      ...files.map((data, at) => ({ name: names[at] ?? '', data, stored: at % 2 === 0 })),
    ]),
  );
  if (result.kind === 'refused') throw new Error(result.message);
  const leftOut = result.notes.filter(({ kind }) => kind === 'left-out').map(({ says }) => says);
  return { text: result.text, names, leftOut, blocks: result.blocks };
}

function picture(): Canvas {
  const canvas = createCanvas(160, 60);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, 160, 60);
  context.fillStyle = 'black';
  context.font = '28px sans-serif';
  context.fillText('1792', 20, 42);
  return canvas;
}
const PNG = () => new Uint8Array(picture().toBuffer('image/png'));
const PDF = () => pdf([put(72, 700, 'One.'), put(72, 700, 'Two.'), put(72, 700, 'Three.')]);
const JPEG = () => new Uint8Array(picture().toBuffer('image/jpeg'));

describe('a file that is cut off anywhere', () => {
  it.each([
    // With its trailer, the last thing in it, all of it is there.
    ['pdf', () => PDF().slice(0, Buffer.from(PDF()).lastIndexOf('trailer')), 8],
    ['png', PNG, 16],
    ['jpg', JPEG, 4],
  ])('%s-is-left-out-with-what-to-do-and-everything-is-doubted', async (ending, make, from) => {
    const files = cutsOf(make(), from);
    const { text, names, leftOut, blocks } = await together(files, ending);
    expect(text).toBe('Whole.');
    expect(leftOut).toHaveLength(files.length);
    for (const [at, says] of leftOut.entries()) {
      expect(says).toMatch(new RegExp(`“${names[at]}” was not read: .*(?:upload|Upload)`));
    }
    expect(blocks.every(({ doubts }) => doubts.some(({ why }) => why === 'not-read'))).toBe(true);
  });

  it('a-scan-whose-picture-says-it-is-longer-than-the-file-is-read-in-doubt-or-refused', async () => {
    const whole = pdf([
      {
        content: 'q 500 0 0 200 0 0 cm /Im Do Q',
        picture: { width: 50, height: 20, grey: new Uint8Array(1000) },
      },
    ]);
    const bytes = new TextDecoder('latin1')
      .decode(whole)
      .replace('/Width 50 /Height 20', '/Width 50 /Height 90');
    const result = await apart(Uint8Array.from(bytes, (each) => each.charCodeAt(0)));
    if (result.kind === 'refused') expect(result.message).toMatch(/upload/);
    else expect(result.blocks.every(({ doubts }) => doubts.length > 0)).toBe(true);
  });
});

describe('whether a picture is whole', () => {
  it('says-yes-of-whole-ones-whatever-stands-behind-them', () => {
    for (const bytes of [PNG(), JPEG()]) {
      expect(isWhole(bytes)).toBe(true);
      expect(isWhole(Uint8Array.from([...bytes, ...new Uint8Array(50)]))).toBe(true);
    }
  });

  it('says-no-of-every-beginning', () => {
    for (const bytes of [PNG(), JPEG()]) {
      for (let end = 0; end < bytes.length - 1; end += 1) expect(isWhole(bytes.slice(0, end))).toBe(false);
    }
  });

  it('the-end-of-a-preview-in-a-jpeg-is-not-its-own', () => {
    const whole = JPEG();
    const preview = [0xff, 0xd8, 0xff, 0xda, 0, 2, 1, 2, 0xff, 0xd9];
    const segment = [0xff, 0xe1, 0, preview.length + 2, ...preview];
    const with_ = Uint8Array.from([...whole.slice(0, 2), ...segment, ...whole.slice(2)]);
    expect(isWhole(with_)).toBe(true);
    expect(isWhole(with_.slice(0, -2))).toBe(false);
  });
});

describe('a picture that says another size than it has', () => {
  /** Of the frame's head: its size stands behind its length and precision. */
  function sized(bytes: Uint8Array, width: number, height: number): Uint8Array {
    const given = bytes.slice();
    const view = new DataView(given.buffer);
    if (given[0] === 0x89) {
      view.setUint32(16, width);
      view.setUint32(20, height);
      return given;
    }
    for (let at = 2; at < given.length; at += 2 + view.getUint16(at + 2)) {
      if (given[at + 1] !== 0xc0 && given[at + 1] !== 0xc2) continue;
      view.setUint16(at + 5, height);
      view.setUint16(at + 7, width);
      return given;
    }
    throw new Error('no frame');
  }

  it.each([
    ['png-of-nothing', PNG, 0, 60, /broken/],
    ['png-of-four-thousand-million-rows', PNG, 1, 0xffff_fff0, /at most 40 million/],
    ['png-wide-and-flat', PNG, 0x7fff_ffff, 1, /at most 40 million/],
    ['png-of-another-size-with-its-old-sum', PNG, 161, 60, /broken/],
    ['jpeg-as-large-as-one-can-say', JPEG, 65_535, 65_535, /at most 40 million/],
    ['jpeg-of-nothing', JPEG, 0, 60, /broken/],
  ])('is-refused-before-it-is-drawn: %s', async (_name, make, width, height, message) => {
    const bytes = sized(make(), width, height);
    const size = pictureSize(bytes);
    expect(size === undefined || (size.width === width && size.height === height)).toBe(true);
    expect(await apart(bytes)).toMatchObject({ kind: 'refused', message: expect.stringMatching(message) });
  });
});

import { deflateSync } from 'node:zlib';
import { isRun, packedRun, type RunOfBytes } from './run-of-bytes.js';

/** A PDF of these objects, numbered from 1, of which the first is the catalogue. */
export function rawPdf(objects: readonly (string | Buffer)[], trailer = ''): Uint8Array {
  const chunks: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let at = chunks[0]?.length ?? 0;
  objects.forEach((object, index) => {
    const chunk = Buffer.concat([
      Buffer.from(`${index + 1} 0 obj\n`),
      Buffer.isBuffer(object) ? object : Buffer.from(object, 'latin1'),
      Buffer.from('\nendobj\n'),
    ]);
    offsets.push(at);
    at += chunk.length;
    chunks.push(chunk);
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  chunks.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return new Uint8Array(Buffer.concat(chunks));
}

/** A stream object, packed as often as is asked for. */
export function stream(head: string, data: Buffer | string | RunOfBytes, packed = 0): Buffer {
  let body = isRun(data) ? packedRun(data) : Buffer.from(data);
  for (let time = isRun(data) ? 1 : 0; time < packed; time += 1) body = deflateSync(body, { level: 9 });
  const filter =
    packed === 0 ? '' : `/Filter [${Array.from({ length: packed }, () => '/FlateDecode').join(' ')}]`;
  return Buffer.concat([
    Buffer.from(`<< ${head} ${filter} /Length ${body.length} >>\nstream\n`),
    body,
    Buffer.from('\nendstream'),
  ]);
}

export interface OnePage {
  /** The stream object of what is drawn. */
  readonly content: Buffer;
  readonly resources?: string;
  readonly mediaBox?: string;
  /** From the sixth on. */
  readonly further?: readonly (string | Buffer)[];
}

/** A PDF of one page, whose font `/F` is Helvetica: catalogue, pages, page, content, font, and what else is needed. */
export function onePage({
  content,
  resources = '',
  mediaBox = '0 0 595 842',
  further = [],
}: OnePage): Uint8Array {
  return rawPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [${mediaBox}] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> ${resources} >> >>`,
    content,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...further,
  ]);
}

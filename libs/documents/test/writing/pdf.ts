/** What stands on one page: the operators of its content, and what they name. */
export interface WrittenPage {
  readonly content: string;
  /** A picture named `/Im`, as grey bytes. */
  readonly picture?: { readonly width: number; readonly height: number; readonly grey: Uint8Array };
}

/** Writes a PDF of A4 pages with the fonts `/F` (Helvetica) and `/C` (Courier), and a state `/Clear` of opacity nil. */
export function pdf(
  pages: readonly (string | WrittenPage)[],
  {
    encrypted = false,
    count,
    script,
    attached,
  }: {
    encrypted?: boolean;
    count?: number;
    /** JavaScript that runs when a viewer opens it. */
    script?: string;
    /** The text of a file that is embedded. */
    attached?: string;
  } = {},
): Uint8Array {
  const objects: Buffer[] = [];
  const add = (body: string | Buffer): number =>
    objects.push(Buffer.isBuffer(body) ? body : Buffer.from(body, 'latin1'));
  const stream = (head: string, data: Buffer): Buffer =>
    Buffer.concat([
      Buffer.from(`<< ${head} /Length ${data.length} >>\nstream\n`),
      data,
      Buffer.from('\nendstream'),
    ]);
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add('');
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>');
  add('<< /Type /ExtGState /ca 0 /CA 0 >>');
  const kids: number[] = [];
  for (const page of pages) {
    const { content, picture }: WrittenPage = typeof page === 'string' ? { content: page } : page;
    const body = add(stream('', Buffer.from(content, 'latin1')));
    const image =
      picture &&
      add(
        stream(
          `/Type /XObject /Subtype /Image /Width ${picture.width} /Height ${picture.height} /ColorSpace /DeviceGray /BitsPerComponent 8`,
          Buffer.from(picture.grey),
        ),
      );
    kids.push(
      add(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${body} 0 R /Resources << /Font << /F 3 0 R /C 4 0 R >> /ExtGState << /Clear 5 0 R >> ${image === undefined ? '' : `/XObject << /Im ${image} 0 R >>`} >> >>`,
      ),
    );
  }
  objects[1] = Buffer.from(
    `<< /Type /Pages /Count ${count ?? kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`,
  );
  const opens = script === undefined ? '' : ` /OpenAction << /S /JavaScript /JS (${script}) >>`;
  const embedded =
    attached === undefined ? undefined : add(stream('/Type /EmbeddedFile', Buffer.from(attached)));
  const names =
    embedded === undefined
      ? ''
      : ` /Names << /EmbeddedFiles << /Names [(a.txt) << /Type /Filespec /F (a.txt) /EF << /F ${embedded} 0 R >> >>] >> >>`;
  objects[0] = Buffer.from(`<< /Type /Catalog /Pages 2 0 R${opens}${names} >>`);
  const chunks: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  let at = chunks[0]?.length ?? 0;
  objects.forEach((object, index) => {
    const chunk = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    offsets.push(at);
    at += chunk.length;
    chunks.push(chunk);
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const lock = encrypted
    ? ` /Encrypt << /Filter /Standard /V 1 /R 2 /O (${'o'.repeat(32)}) /U (${'u'.repeat(32)}) /P -4 >> /ID [<00> <00>]`
    : '';
  chunks.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R${lock} >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return new Uint8Array(Buffer.concat(chunks));
}

/** Text at a place, from the bottom left, in points. */
export function put(x: number, y: number, text: string, { font = 'F', size = 11, before = '' } = {}): string {
  return `q ${before} BT /${font} ${size} Tf ${x} ${y} Td (${text.replaceAll(/[\\()]/g, '\\$&')}) Tj ET Q\n`;
}

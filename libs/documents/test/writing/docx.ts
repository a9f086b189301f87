import { zip, type WrittenEntry } from './zip.js';

const NAMESPACES =
  'xmlns:w="w" xmlns:m="m" xmlns:wp="wp" xmlns:a="a" xmlns:r="r" xmlns:mc="mc" xmlns:wps="wps"';

/** A Word document with this body, and further parts of the package. */
export function docx(body: string, parts: Readonly<Record<string, string>> = {}): Uint8Array {
  const entries: WrittenEntry[] = [
    { name: '[Content_Types].xml', data: '<Types xmlns="t"/>' },
    {
      name: '_rels/.rels',
      data: '<Relationships><Relationship Id="1" Type="x/officeDocument" Target="word/document.xml"/></Relationships>',
    },
    {
      name: 'word/document.xml',
      data: `<?xml version="1.0"?><w:document ${NAMESPACES}><w:body>${body}</w:body></w:document>`,
    },
    ...Object.entries(parts).map(([name, data]) => ({ name: `word/${name}`, data })),
  ];
  return zip(entries);
}

export function paragraph(text: string, run = '', properties = ''): string {
  return `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${runOf(text, run)}</w:p>`;
}

export function runOf(text: string, properties = ''): string {
  return `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export const MONO = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/>';

/** A run of an equation. */
export function math(text: string): string {
  return `<m:r><m:t>${escaped(text)}</m:t></m:r>`;
}

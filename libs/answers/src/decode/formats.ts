/** A file format that is recognised by its first bytes and is not plain text. */
export interface BinaryFormat {
  readonly name: string;
  /** Bytes at `offset` (0 unless said), as a Latin-1 string. */
  readonly magic: string;
  readonly offset?: number;
  readonly advice: string;
}

const EXPORT_TEXT = 'Save or export it as plain text or Markdown and upload that.';
const TYPE_OUT = 'Upload the answers as text or Markdown: type out what the picture shows.';
const UNPACK = 'Unpack it and upload the text or Markdown file inside.';
const NOT_A_DOCUMENT = 'Check that you chose the right file, then upload a text or Markdown document.';

/** Longer or more telling signatures stand first. Figures from the formats' own specifications. */
export const BINARY_FORMATS: readonly BinaryFormat[] = [
  { name: 'PDF', magic: '%PDF-', advice: 'Upload text or Markdown for now.' },
  { name: 'PostScript file', magic: '%!PS', advice: EXPORT_TEXT },
  { name: 'RTF document', magic: '{\\rtf', advice: EXPORT_TEXT },
  {
    name: 'old Office document (DOC, XLS or PPT)',
    magic: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    advice: EXPORT_TEXT,
  },
  { name: 'PNG image', magic: '\x89PNG\r\n\x1a\n', advice: TYPE_OUT },
  { name: 'JPEG image', magic: '\xff\xd8\xff', advice: TYPE_OUT },
  { name: 'GIF image', magic: 'GIF8', advice: TYPE_OUT },
  { name: 'TIFF image', magic: 'II*\0', advice: TYPE_OUT },
  { name: 'TIFF image', magic: 'MM\0*', advice: TYPE_OUT },
  { name: 'WebP image', magic: 'WEBPVP8', offset: 8, advice: TYPE_OUT },
  { name: 'HEIC image', magic: 'ftyphe', offset: 4, advice: TYPE_OUT },
  { name: 'HEIC image', magic: 'ftypmif1', offset: 4, advice: TYPE_OUT },
  { name: 'video or audio file', magic: 'ftyp', offset: 4, advice: NOT_A_DOCUMENT },
  { name: 'RAR archive', magic: 'Rar!\x1a\x07', advice: UNPACK },
  { name: '7-Zip archive', magic: "7z\xbc\xaf'\x1c", advice: UNPACK },
  { name: 'gzip archive', magic: '\x1f\x8b\x08', advice: UNPACK },
  { name: 'bzip2 archive', magic: 'BZh', advice: UNPACK },
  { name: 'xz archive', magic: '\xfd7zXZ\0', advice: UNPACK },
  { name: 'Zstandard archive', magic: '\x28\xb5\x2f\xfd', advice: UNPACK },
  { name: 'tar archive', magic: 'ustar', offset: 257, advice: UNPACK },
  { name: 'program (Linux)', magic: '\x7fELF', advice: NOT_A_DOCUMENT },
  { name: 'program (macOS)', magic: '\xcf\xfa\xed\xfe', advice: NOT_A_DOCUMENT },
  { name: 'compiled Java class or macOS program', magic: '\xca\xfe\xba\xbe', advice: NOT_A_DOCUMENT },
  { name: 'WebAssembly module', magic: '\0asm', advice: NOT_A_DOCUMENT },
  { name: 'SQLite database', magic: 'SQLite format 3\0', advice: NOT_A_DOCUMENT },
  { name: 'HDF5 file (model weights)', magic: '\x89HDF\r\n\x1a\n', advice: NOT_A_DOCUMENT },
  { name: 'NumPy array', magic: '\x93NUMPY', advice: NOT_A_DOCUMENT },
  { name: 'Python pickle (model weights)', magic: '\x80\x02', advice: NOT_A_DOCUMENT },
  { name: 'Python pickle (model weights)', magic: '\x80\x04\x95', advice: NOT_A_DOCUMENT },
];

const ZIP_MAGIC = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'];

/** What a ZIP holds, told by the names in its first entries; the first match counts. */
const ZIP_CONTENTS: readonly { readonly holds: string; readonly name: string; readonly advice: string }[] = [
  { holds: 'word/', name: 'Word document (DOCX)', advice: EXPORT_TEXT },
  { holds: 'xl/', name: 'Excel workbook (XLSX)', advice: EXPORT_TEXT },
  { holds: 'ppt/', name: 'PowerPoint file (PPTX)', advice: EXPORT_TEXT },
  { holds: 'opendocument', name: 'OpenDocument file (ODT)', advice: EXPORT_TEXT },
  { holds: 'application/epub', name: 'EPUB book', advice: EXPORT_TEXT },
  { holds: 'Index/Document.iwa', name: 'Pages document', advice: EXPORT_TEXT },
  { holds: 'data.pkl', name: 'PyTorch checkpoint', advice: NOT_A_DOCUMENT },
];

const LOOKED_AT = 4096;

/** The format that the first bytes declare, or nothing when they declare none that is known here. */
export function declaredFormat(
  bytes: Uint8Array,
): { readonly name: string; readonly advice: string } | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, LOOKED_AT));
  if (ZIP_MAGIC.some((magic) => head.startsWith(magic))) {
    const document = /\[Content_Types\]\.xml/.test(head)
      ? { name: 'Office document (DOCX, XLSX or PPTX)', advice: EXPORT_TEXT }
      : { name: 'ZIP archive', advice: UNPACK };
    return ZIP_CONTENTS.find(({ holds }) => head.includes(holds)) ?? document;
  }
  // A Windows program says MZ, as two letters of an essay may: its header must be there too.
  if (head.startsWith('MZ') && head.includes('\0'))
    return { name: 'program (Windows)', advice: NOT_A_DOCUMENT };
  if (head.startsWith('BM') && head.slice(6, 10) === '\0\0\0\0')
    return { name: 'BMP image', advice: TYPE_OUT };
  if (/^\s*\{/.test(head) && /"(?:cells|nbformat)"\s*:/.test(head)) {
    return {
      name: 'Jupyter notebook',
      advice: 'Export it as Markdown (File, Save and Export Notebook As) and upload that.',
    };
  }
  // PDFs may carry up to 1,024 bytes of other matter before their header.
  if (head.slice(0, 1024).includes('%PDF-1.') && head.includes('\0')) {
    return { name: 'PDF', advice: 'Upload text or Markdown for now.' };
  }
  return BINARY_FORMATS.find(({ magic, offset = 0 }) => head.startsWith(magic, offset));
}

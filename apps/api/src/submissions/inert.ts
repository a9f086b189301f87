/** What a browser may show beside the text, by what its name ends in; everything else is saved. */
const SHOWN: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
};

/** Without its ending a file that was saved is opened by no program. */
const SAVED: Readonly<Record<string, string>> = {
  'text/plain': 'txt',
  'application/zip': 'zip',
  'application/x-ipynb+json': 'ipynb',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
};

/**
 * Headers under which an uploaded file does nothing: its type is the one its content was found to have and is not guessed
 * again, no script in it runs, it reaches nothing, and only our own pages may frame it.
 */
export function inertHeaders(mediaType: string, name: string): Record<string, string> {
  const shown = SHOWN[mediaType];
  const ending = shown ?? SAVED[mediaType];
  const file = ending === undefined ? name : `${name}.${ending}`;
  return {
    'content-type': shown === undefined ? 'application/octet-stream' : mediaType,
    'content-disposition': `${shown === undefined ? 'attachment' : 'inline'}; filename="${file}"`,
    // A PDF's viewer is the browser's own and does not start in a sandbox; everything else is put into one.
    'content-security-policy': `${mediaType === 'application/pdf' ? "object-src 'self'; " : 'sandbox; '}default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'`,
    'x-frame-options': 'SAMEORIGIN',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-store',
  };
}

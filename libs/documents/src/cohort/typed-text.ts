/** Elements that begin a line of their own. */
const BLOCK = /^(?:p|div|h[1-6]|li|tr|ul|ol|table|pre|blockquote|section|article|hr)$/;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  times: '×',
  middot: '·',
  minus: '−',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  le: '≤',
  ge: '≥',
  ne: '≠',
};

/** The text of what was typed into a platform's own field, which keeps it as HTML: lines, lists, raised figures and code. */
export function typedText(html: string): string {
  const body = html.replaceAll(/<!--[\s\S]*?(?:-->|$)|<(script|style|head)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '');
  let text = '';
  let verbatim = 0;
  let at = 0;
  for (const tag of body.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^<>]*>/gi)) {
    text += words(body.slice(at, tag.index), verbatim > 0);
    at = tag.index + tag[0].length;
    const closing = tag[1] === '/';
    const name = (tag[2] ?? '').toLowerCase();
    if (name === 'pre') {
      verbatim = Math.max(0, verbatim + (closing ? -1 : 1));
      text += closing ? '\n```\n' : '\n```\n';
    } else if (name === 'br') text += '\n';
    else if (name === 'sup' && !closing) text += '^';
    else if (name === 'sub' && !closing) text += '_';
    else if (/^t[dh]$/.test(name) && closing) text += '\t';
    else if (BLOCK.test(name)) {
      if (!text.endsWith('\n')) text += '\n';
      if (!closing && name === 'li') text += '- ';
      if (!closing && /^h[1-6]$/.test(name)) text += `\n${'#'.repeat(Number(name[1]))} `;
      if (closing && name === 'p') text += '\n';
    }
  }
  text += words(body.slice(at), verbatim > 0);
  return `${text
    .replaceAll(/(?<![ \t])[ \t]+\n/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

function words(html: string, verbatim: boolean): string {
  const said = verbatim ? html : html.replaceAll(/[ \t\r\n]+/g, ' ');
  return said.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, ...groups) => {
    const [decimal, hexadecimal, name] = groups as readonly (string | undefined)[];
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      ? String.fromCodePoint(code)
      : '\ufffd';
  });
}

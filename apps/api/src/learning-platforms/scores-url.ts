/** Where scores of a line item are posted: its address with `/scores` after the path, before any query (AGS 2.0, section 3.4). */
export function scoresUrl(lineItem: string): string {
  const url = new URL(lineItem);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/scores`;
  return url.href;
}

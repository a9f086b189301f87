import type { PeopleImported } from '../api/types.js';

/** A list for a spreadsheet or a mail merge: no cell of it begins as a formula does. */
export function passwordsAsCsv(passwords: PeopleImported['passwords']): string {
  const rows = passwords.map(({ name, email, password }) => [name, email, password]);
  return [['name', 'email', 'password'], ...rows]
    .map((row) => row.map((cell) => `"${guarded(cell).replaceAll('"', '""')}"`).join(','))
    .join('\r\n');
}

function guarded(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

/** Hands a table to the browser's downloads, with the mark by which Excel knows its letters. */
export function saveAs(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

import { isInvisible, isSpace } from '../lines/lines.js';

/** Reads a short text from left to right; every method that fails leaves the place as it was. */
export class Cursor {
  at = 0;

  constructor(readonly text: string) {}

  get done(): boolean {
    return this.at >= this.text.length;
  }

  peek(ahead = 0): string {
    return this.text.charAt(this.at + ahead);
  }

  /** Skips white space and characters without a width; says whether there was any space. */
  skipSpace(): boolean {
    let spaced = false;
    for (; this.at < this.text.length; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (isSpace(code)) spaced = true;
      else if (!isInvisible(code)) break;
    }
    return spaced;
  }

  /** Takes `literal` if it stands here. */
  take(literal: string): boolean {
    if (!this.text.startsWith(literal, this.at)) return false;
    this.at += literal.length;
    return true;
  }

  /** Takes what a sticky expression matches here. */
  match(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = this.at;
    const found = sticky.exec(this.text);
    if (found !== null) this.at = sticky.lastIndex;
    return found;
  }

  /** Whether white space or the end follows. */
  atBoundary(): boolean {
    return this.done || isSpace(this.text.charCodeAt(this.at)) || isInvisible(this.text.charCodeAt(this.at));
  }
}

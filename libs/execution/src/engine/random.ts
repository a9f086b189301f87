/**
 * Random numbers from a seed: Doty-Humphrey's sfc32, seeded through Murmur3's finaliser. The same seed gives the same
 * numbers everywhere; they are not PyTorch's.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  #spare: number | undefined;

  constructor(readonly seed: number) {
    this.#a = mixed(seed);
    this.#b = mixed(seed ^ 0x9e3779b9);
    this.#c = mixed(Math.trunc(seed / 2 ** 32) ^ 0x7f4a7c15);
    for (let round = 0; round < 12; round += 1) this.bits();
  }

  /** An independent stream, the same each time for the same words. */
  stream(...words: readonly (string | number)[]): Random {
    let hash = mixed(this.seed);
    for (const char of words.join('\u0000')) hash = mixed(hash ^ (char.codePointAt(0) ?? 0));
    return new Random(hash);
  }

  /** 32 random bits. */
  bits(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** In [0, 1). */
  uniform(): number {
    return (this.bits() >>> 8) / 2 ** 24;
  }

  /** In 0 … below − 1. */
  integer(below: number): number {
    return Math.floor((this.bits() / 2 ** 32) * below);
  }

  /** Of mean 0 and deviation 1, by Marsaglia's polar method. */
  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s === 0 || s >= 1) continue;
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      this.#spare = v * scale;
      return u * scale;
    }
  }

  fill(count: number, draw: (random: Random) => number): Float32Array {
    const values = new Float32Array(count);
    for (let at = 0; at < count; at += 1) values[at] = draw(this);
    return values;
  }
}

function mixed(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) + 0x9e3779b9;
}

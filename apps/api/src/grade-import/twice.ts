import { marksIn } from './cells.js';

/** What a row of a file says of something, such as a part of a paper. */
interface Said {
  readonly row: number;
  readonly cell: string;
}

/** What rows say, so that none says of the same thing something else than another. */
export class SaidBefore {
  private readonly first = new Map<string, Said>();
  private readonly others: string[] = [];

  constructor(private readonly decimalComma: boolean) {}

  /** The row above that says the same of it already; undefined where this is the first. */
  before(of: string, said: Said, whose: string): number | undefined {
    const first = this.first.get(of);
    if (first === undefined) {
      this.first.set(of, said);
      return undefined;
    }
    if (!this.same(first.cell, said.cell))
      this.others.push(
        `Rows ${first.row} and ${said.row} say different things of ${whose}: "${short(first.cell)}" and "${short(said.cell)}".`,
      );
    return first.row;
  }

  /** Why a file is refused that says two things of one: which of them holds, nobody knows. */
  refusal(): string | undefined {
    const [first, ...more] = this.others;
    if (first === undefined) return undefined;
    const besides =
      more.length === 0
        ? ''
        : more.length === 1
          ? ' So does 1 more pair.'
          : ` So do ${more.length} more pairs.`;
    return `${first}${besides} Nothing was taken from the file. Leave the row that holds, and choose the file again.`;
  }

  private same(one: string, other: string): boolean {
    if (one === other) return true;
    const marks = marksIn(one, this.decimalComma);
    return marks !== undefined && marks === marksIn(other, this.decimalComma);
  }
}

const short = (cell: string) => cell.slice(0, 40);

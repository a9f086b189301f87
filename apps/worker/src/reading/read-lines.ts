import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { MachineReading, ReadLine } from '@tensormark/documents';
import { createWorker, OEM, type Worker } from 'tesseract.js';

const data = join(
  dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json')),
  '4.0.0_best_int',
);
export interface ReadsLines {
  read(png: Buffer, scale: number): Promise<MachineReading>;
}

/** Reads printed text from pictures, with the language data that came with the packages. Started at the first picture. */
export class LineReader implements ReadsLines {
  private worker: Promise<Worker> | undefined;

  /** `scale` turns pixels into the points in which places are told. */
  async read(png: Buffer, scale: number): Promise<MachineReading> {
    this.worker ??= createWorker('eng', OEM.LSTM_ONLY, {
      langPath: data,
      gzip: true,
      cacheMethod: 'none',
      errorHandler: () => undefined,
    });
    const worker = await this.worker;
    const { data: page } = await worker.recognize(png, {}, { blocks: true, text: false });
    let paragraph = 0;
    const lines: ReadLine[] = [];
    for (const block of page.blocks ?? []) {
      for (const { lines: found } of block.paragraphs) {
        paragraph++;
        for (const { text, confidence, bbox } of found) {
          if (text.trim() === '') continue;
          lines.push({
            text,
            confidence: confidence / 100,
            paragraph,
            box: {
              left: bbox.x0 * scale,
              top: bbox.y0 * scale,
              width: (bbox.x1 - bbox.x0) * scale,
              height: (bbox.y1 - bbox.y0) * scale,
            },
          });
        }
      }
    }
    return { kind: 'lines', lines };
  }

  async close(): Promise<void> {
    await (await this.worker)?.terminate();
  }
}

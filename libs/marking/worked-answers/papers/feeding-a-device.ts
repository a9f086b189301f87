import { answer, written, type Paper } from '../paper.js';

/** 24 MiB and 134.2 MB; 25,165,824 / 12.5·10⁹ s = 2.01 ms; 32 / 0.08 = 400 images a second; 38.5 %. */
export const FEEDING_A_DEVICE: Paper = {
  name: 'feeding a device',
  question: written`
    marks: 8
    prompt: Batches of 32 images of 3×256×256 in 32-bit floats go over a bus of 12.5 GB/s to a device that makes one step in 80 ms and reaches 120 of its 312 TFLOP/s. The first layer puts out 64 maps of 128×128.
    ask:
      - { id: batch, says: Memory of one batch, value: 32*3*256*256*4/1024^2, unit: MiB, marks: 2, method: 1 }
      - { id: maps, says: Memory of the output maps of a batch, value: 32*64*128*128*4/10^6, unit: MB, significantFigures: 3, marks: 2, method: 1 }
      - { id: time, says: Time of the transfer, value: 32*3*256*256*4/(12.5*10^6), unit: ms, significantFigures: 2, marks: 2, method: 1 }
      - { id: rate, says: Images per second, value: 32/0.08, unit: images/s, marks: 1 }
      - { id: share, says: Share of the peak performance, value: 100*120/312, unit: '%', significantFigures: 3, marks: 1 }
  `,
  answers: [
    answer(
      'right-in-the-units-asked-for',
      '2 2 2 1 1',
      written`
        Memory of one batch: 32 · 3 · 256 · 256 · 4 B = 25165824 B = 24 MiB
        Output maps: 32 · 64 · 128 · 128 · 4 B = 134217728 B = 134.2 MB
        Transfer: 25165824 B / (12.5 GB/s) = 2.01 ms
        Images per second: 32 / 0.08 s = 400 images/s
        Share of the peak: 120/312 = 38.5 %
      `,
    ),
    answer(
      'other-units-of-the-same-size',
      '2 2 2 1 1',
      written`
        Memory of one batch: 25.17 MB
        Memory of the output maps: 128 MiB
        Time of the transfer: 2010 µs
        Images per second: 400/s
        Share of the peak: 0.385
      `,
    ),
    answer(
      'no-units-at-all',
      '2 2 2 1 1',
      written`
        Memory of one batch: 32*3*256*256*4/1024^2 = 24
        Memory of the output maps: 32*64*128*128*4/10^6 = 134.2
        Time of the transfer: 25165824/12500000 = 2.01
        Images per second: 32/0.08 = 400
        Share of the peak: 100*120/312 = 38.5
      `,
    ),
    answer(
      'seconds-in-small-numbers',
      '2 2 2 1 1',
      written`
        Memory of one batch: 24 MiB
        Memory of the output maps: 0.1342 GB
        Time of the transfer: 0.00201 s
        Images per second: 400
        Share of the peak: 38.46 %
      `,
    ),
    answer(
      'numbers-right-and-units-wrong',
      '? ? ? 1 1',
      written`
        Memory of one batch: 24 KiB
        Memory of the output maps: 134.2 GB
        Time of the transfer: 2.01 s
        Images per second: 400 images/s
        Share of the peak: 38.5 %
      `,
    ),
    answer(
      'decimal-commas',
      '2 2 2 1 1',
      written`
        Speicher eines Batches (memory of one batch): 24,0 MiB
        Speicher der Karten (output maps): 134,2 MB
        Zeit (time of the transfer): 2,01 ms
        Bilder je Sekunde (images per second): 400 Bilder/s
        Anteil (share of the peak): 38,5 %
      `,
    ),
    answer(
      'a-factor-of-a-thousand-lost',
      '2 2 ? 1 0',
      written`
        Memory of one batch: 32*3*256*256*4 = 25165824 bytes = 24 MiB
        Memory of the output maps: 134217728 bytes = 134.2 MB
        Time of the transfer: 25165824 B / 12.5 GB/s = 2.01 µs
        Images per second: 32/0.08 = 400 images/s
        Share of the peak: 312/120 = 260 %
      `,
    ),
  ],
};

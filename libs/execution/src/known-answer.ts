import * as tf from '@tensorflow/tfjs-core';

const [HEIGHT, WIDTH, IN, OUT, KERNEL] = [6, 5, 2, 3, 3];
const value = (index: number): number => ((index * 37 + 11) % 23) / 7 - 1.5;

/**
 * Runs a small convolution and matrix product on the current backend and compares with the same sums done here, one by
 * one. A device that gets these wrong must not review anybody's work. Returns the largest difference.
 */
export async function largestErrorOfKnownAnswer(): Promise<number> {
  const input = Array.from({ length: HEIGHT * WIDTH * IN }, (_, index) => value(index));
  const kernel = Array.from({ length: KERNEL * KERNEL * IN * OUT }, (_, index) => value(index + 5));
  const mixing = Array.from({ length: OUT * OUT }, (_, index) => value(index + 9));
  const output = tf.tidy(() => {
    const map = tf.conv2d(
      tf.tensor4d(input, [1, HEIGHT, WIDTH, IN]),
      tf.tensor4d(kernel, [KERNEL, KERNEL, IN, OUT]),
      1,
      'valid',
    );
    return tf.matMul(tf.reshape(map, [-1, OUT]), tf.tensor2d(mixing, [OUT, OUT]));
  });
  const found = await output.data();
  output.dispose();
  const expected = expectedAnswer(input, kernel, mixing);
  return expected.reduce((largest, each, at) => {
    const error = Math.abs(each - (found[at] ?? Number.NaN));
    return Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(largest, error);
  }, 0);
}

function expectedAnswer(
  input: readonly number[],
  kernel: readonly number[],
  mixing: readonly number[],
): number[] {
  const answer: number[] = [];
  for (let y = 0; y + KERNEL <= HEIGHT; y += 1) {
    for (let x = 0; x + KERNEL <= WIDTH; x += 1) {
      const channels = Array.from({ length: OUT }, (_, out) => {
        let sum = 0;
        for (let ky = 0; ky < KERNEL; ky += 1) {
          for (let kx = 0; kx < KERNEL; kx += 1) {
            for (let channel = 0; channel < IN; channel += 1) {
              const pixel = input[((y + ky) * WIDTH + x + kx) * IN + channel] ?? 0;
              sum += pixel * (kernel[((ky * KERNEL + kx) * IN + channel) * OUT + out] ?? 0);
            }
          }
        }
        return sum;
      });
      for (let out = 0; out < OUT; out += 1) {
        answer.push(channels.reduce((sum, channel, at) => sum + channel * (mixing[at * OUT + out] ?? 0), 0));
      }
    }
  }
  return answer;
}

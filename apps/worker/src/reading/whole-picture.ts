/**
 * Whether a PNG or JPEG goes on to its end. What draws pictures fills in what is cut off, and an answer would be lost without a
 * word (PNG specification 5.3 and 11.2.5; ITU-T T.81, B.1.1.2 and B.2.1).
 */
export function isWhole(bytes: Uint8Array): boolean {
  return bytes[0] === 0x89 ? isWholePng(bytes) : isWholeJpeg(bytes);
}

const END_OF_PNG = 0x49454e44; // IEND

function isWholePng(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // A chunk has its length, its type and a check sum about its data.
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) === END_OF_PNG) return true;
  }
  return false;
}

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

/** The segments before the picture itself are passed over: a preview within them has an end of its own. */
function isWholeJpeg(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return false;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === START_OF_SCAN) return hasEnd(bytes, at + 2);
    if (marker === END_OF_IMAGE) return false;
    at += 2 + view.getUint16(at + 2);
  }
  return false;
}

/** Within the data of a scan a byte of 0xff is never followed by a marker but one that stands there. */
function hasEnd(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === END_OF_IMAGE) return true;
  }
  return false;
}

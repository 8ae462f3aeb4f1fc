/** Entries of a tar archive (ustar), the same bytes for the same files: no owner, no clock. */

const BLOCK = 512;
const NAME_MAX_BYTES = 100;
/** What eleven octal digits cannot say any more. */
const OCTAL_MAX_BYTES = 8 ** 11;

/**
 * Header of a regular file; from 8 GiB on its size is binary, as GNU tar, bsdtar and Python have it. Throws a RangeError
 * when the name does not fit the format.
 */
export function tarHeader(name: string, byteSize: number): Uint8Array {
  const header = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > NAME_MAX_BYTES)
    throw new RangeError(`"${name}" is too long for a tar archive`);
  const octal = (value: number, at: number, length: number) =>
    header.write(`${value.toString(8).padStart(length - 1, "0")}\0`, at, "ascii");
  header.write(name, 0, "utf8");
  octal(0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  if (byteSize < OCTAL_MAX_BYTES) octal(byteSize, 124, 12);
  else {
    header[124] = 0x80;
    header.writeBigUInt64BE(BigInt(byteSize), 128);
  }
  octal(0, 136, 12);
  header.fill(" ", 148, 156);
  header.write("0", 156, "ascii");
  header.write("ustar\x0000", 257, "latin1");
  let sum = 0;
  for (const byte of header) sum += byte;
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "ascii");
  return header;
}

/** What fills up the last block of a file of so many bytes. */
export function tarPadding(byteSize: number): Uint8Array {
  return new Uint8Array((BLOCK - (byteSize % BLOCK)) % BLOCK);
}

/** End of the archive. */
export const TAR_END: Uint8Array = new Uint8Array(2 * BLOCK);

/** Bytes that a file takes in the archive. */
export function tarSize(byteSize: number): number {
  return BLOCK + byteSize + ((BLOCK - (byteSize % BLOCK)) % BLOCK);
}

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
/** Length, type and checksum around a chunk's data. */
const FRAME_BYTES = 12;
/** What a still picture is drawn from; everything else (texts, times, profiles, camera data, animation) is left out. */
const KEPT = new Set(["IHDR", "PLTE", "tRNS", "sRGB", "gAMA", "cHRM", "sBIT", "IDAT", "IEND"]);

/**
 * A PNG without its metadata, its pixels untouched: chunks are left out, nothing is decoded. Null when the file's frame is
 * not that of a PNG, or when its colours need a profile that would be lost.
 */
export function stripPng(bytes: Buffer): Buffer | null {
  if (!bytes.subarray(0, SIGNATURE.byteLength).equals(SIGNATURE)) return null;
  const parts: Buffer[] = [SIGNATURE];
  for (let at = SIGNATURE.byteLength; at + FRAME_BYTES <= bytes.byteLength; ) {
    const end = at + FRAME_BYTES + bytes.readUInt32BE(at);
    if (end > bytes.byteLength) return null;
    const type = bytes.toString("latin1", at + 4, at + 8);
    if (type === "iCCP") return null;
    if (KEPT.has(type)) parts.push(bytes.subarray(at, end));
    if (type === "IEND") return Buffer.concat(parts);
    at = end;
  }
  return null;
}

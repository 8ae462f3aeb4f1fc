import sharp from "sharp";
import type { AgentInput, InputImage } from "../port.ts";
import type { LanguagePart } from "./model.ts";

/** Longest edge of what models are shown: enough to judge a picture, and a fraction of the tokens. */
export const SHOWN_EDGE_PX = 512;
const MAX_PIXELS = 4096 * 4096;

/**
 * The images of the chosen columns with a line of text before those of each turn, oldest turn first. Where there are
 * more than `maxImages`, the latest turns win.
 */
export async function chosenImageParts(
  input: AgentInput,
  maxImages: number,
): Promise<{ parts: LanguagePart[]; imageCount: number }> {
  const groups: LanguagePart[][] = [];
  let left = maxImages;
  for (const turn of input.history.toReversed()) {
    if (left <= 0 || !turn.loadChosenImages) break;
    const images = (await turn.loadChosenImages()).slice(0, left);
    if (images.length === 0) continue;
    left -= images.length;
    const label = { text: `Images of the column that was chosen in turn ${turn.turnIndex + 1}:` };
    groups.unshift([label, ...(await Promise.all(images.map(toPart)))]);
  }
  return { parts: groups.flat(), imageCount: maxImages - left };
}

/** JPEG, which every service reads. */
async function toPart(image: InputImage): Promise<LanguagePart> {
  const jpeg = await sharp(image.bytes, { limitInputPixels: MAX_PIXELS })
    .resize(SHOWN_EDGE_PX, SHOWN_EDGE_PX, { fit: "inside", withoutEnlargement: true })
    .flatten({ background: "#ffffff" })
    .jpeg({ quality: 85 })
    .toBuffer();
  return { image: { base64: jpeg.toString("base64"), mimeType: "image/jpeg" } };
}

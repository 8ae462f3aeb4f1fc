import { thumbHashToDataURL } from "thumbhash";

const known = new Map<string, string>();

/** CSS background for the room of an image that is not there yet; undefined where there is no (readable) placeholder. */
export function placeholderBackground(placeholder: string | undefined): string | undefined {
  if (!placeholder) return undefined;
  let background = known.get(placeholder);
  if (background === undefined) {
    background = decode(placeholder);
    known.set(placeholder, background);
  }
  return background || undefined;
}

/** "" = cannot be read: an image without a placeholder is only less pleasant to wait for. */
function decode(placeholder: string): string {
  try {
    const bytes = Uint8Array.from(atob(placeholder), (char) => char.charCodeAt(0));
    return `center / cover url(${thumbHashToDataURL(bytes)})`;
  } catch {
    return "";
  }
}

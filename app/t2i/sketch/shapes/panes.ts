import type { Pen } from "../art.ts";
import { mix } from "../colour.ts";
import { ellipse, rect } from "../svg.ts";

export const GLOW = "#ffd27a";

/** Window panes: lit at night, sky-coloured by day. */
export function pane(pen: Pen, x: number, y: number, w: number, h: number, frame: string): string {
  const glass = pen.pal.lit ? GLOW : pen.tone(mix("#7fa8c0", pen.pal.sky[1], 0.5));
  return (
    rect(x - 2, y - 2, w + 4, h + 4, pen.tone(frame), 1) +
    rect(x, y, w, h, glass) +
    rect(x + w / 2 - 0.9, y, 1.8, h, pen.tone(frame)) +
    rect(x, y + h / 2 - 0.9, w, 1.8, pen.tone(frame))
  );
}

export function smoke(pen: Pen, x: number, y: number): string {
  const c = mix(pen.pal.cloud, "#ffffff", 0.2);
  return [0, 1, 2, 3]
    .map((i) => ellipse(x + i * i * 3.2, y - i * 12, 5 + i * 3, 4 + i * 2.4, c, { opacity: 0.7 - i * 0.15 }))
    .join("");
}

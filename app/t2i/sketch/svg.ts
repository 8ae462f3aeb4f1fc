/** Tiny SVG writers. Every colour and number passes here; no text of the prompt ever does. */

/** A number with at most one decimal, so that documents stay small. */
export const n = (v: number): string => String(Math.round(v * 10) / 10);

type Attributes = Record<string, string | number>;

const attrs = (extra?: Attributes): string =>
  extra
    ? Object.entries(extra)
        .map(([k, v]) => ` ${k}="${typeof v === "number" ? Math.round(v * 1000) / 1000 : v}"`)
        .join("")
    : "";

export const path = (d: string, fill: string, extra?: Attributes) =>
  `<path d="${d}" fill="${fill}"${attrs(extra)}/>`;

export const stroke = (d: string, color: string, width: number, extra?: Attributes) =>
  `<path d="${d}" fill="none" stroke="${color}" stroke-width="${n(width)}" stroke-linecap="round" stroke-linejoin="round"${attrs(extra)}/>`;

export const rect = (x: number, y: number, w: number, h: number, fill: string, rx = 0, extra?: Attributes) =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(Math.max(0, w))}" height="${n(Math.max(0, h))}"${rx ? ` rx="${n(rx)}"` : ""} fill="${fill}"${attrs(extra)}/>`;

export const ellipse = (cx: number, cy: number, rx: number, ry: number, fill: string, extra?: Attributes) =>
  `<ellipse cx="${n(cx)}" cy="${n(cy)}" rx="${n(Math.max(0.1, rx))}" ry="${n(Math.max(0.1, ry))}" fill="${fill}"${attrs(extra)}/>`;

export const circle = (cx: number, cy: number, r: number, fill: string, extra?: Attributes) =>
  `<circle cx="${n(cx)}" cy="${n(cy)}" r="${n(Math.max(0.1, r))}" fill="${fill}"${attrs(extra)}/>`;

export const poly = (points: readonly (readonly [number, number])[], fill: string, extra?: Attributes) =>
  `<path d="M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join("L")}Z" fill="${fill}"${attrs(extra)}/>`;

export const group = (inner: string, transform: string, extra?: Attributes) =>
  `<g${transform ? ` transform="${transform}"` : ""}${attrs(extra)}>${inner}</g>`;

export const at = (inner: string, x: number, y: number, sx = 1, sy = sx, rotate = 0) =>
  group(
    inner,
    `translate(${n(x)} ${n(y)})${rotate ? ` rotate(${n(rotate)})` : ""} scale(${Math.round(sx * 1000) / 1000} ${Math.round(sy * 1000) / 1000})`,
  );

/** A closed smooth ridge from left to right: the silhouette of hills, waves, dunes or banks. */
export function ridge(points: readonly (readonly [number, number])[], bottom: number): string {
  const first = points[0] ?? [0, bottom];
  let d = `M${n(first[0])} ${n(bottom)}L${n(first[0])} ${n(first[1])}`;
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = points[i - 1] as readonly [number, number];
    const [x1, y1] = points[i] as readonly [number, number];
    const mx = (x0 + x1) / 2;
    d += `C${n(mx)} ${n(y0)} ${n(mx)} ${n(y1)} ${n(x1)} ${n(y1)}`;
  }
  const last = points[points.length - 1] ?? first;
  return `${d}L${n(last[0])} ${n(bottom)}Z`;
}

import { createRandom, seedFrom } from "../../../domain/random.ts";
import { createPen, type Pen } from "../art.ts";
import { mix } from "../colour.ts";
import { paletteFor } from "../palette.ts";
import type { Scene, SettingId } from "../scene.ts";
import { INDOORS, paintSetting } from "../settings/index.ts";
import { indoorPen } from "../settings/room.ts";
import type { Backdrop, Stage } from "../settings/stage.ts";
import { weatherOverlay } from "../settings/weather.ts";
import { ellipse, group, n, path, rect } from "../svg.ts";
import { type Actor, importance, planScene } from "./plan.ts";
import { boxOf, buildUnit, relative, riseOf, type Unit } from "./unit.ts";

/** A picture as SVG, with what the pixel stage needs to know of it. */
export interface Composition {
  svg: string;
  setting: SettingId;
  dark: boolean;
  /** Water line of a mirrored picture, 0 to 1, or null. */
  mirrorAt: number | null;
}

const HEIGHTS = {
  person: 308,
  creature: 232,
  landmark: 318,
  vehicle: 170,
  boat: 250,
  object: 232,
  furniture: 210,
  plant: 300,
  flyer: 200,
  aquatic: 210,
  celestial: 200,
  wall: 120,
} as const;

interface Placed {
  unit: Unit;
  x: number;
  y: number;
  flip: boolean;
  depth: number;
}

function rootOf(a: Actor): Actor {
  let root = a;
  for (let guard = 0; root.host && guard < 8; guard++) root = root.host;
  return root;
}

function heroHeight(a: Actor, all: readonly Actor[]): number {
  const box = boxOf(a);
  const loaded = all.some((x) => x.host === a && x.role === "on");
  let h: number = HEIGHTS[a.art.kind] * (loaded && a.art.kind === "creature" ? 1.08 : 1);
  const maxWidth = a.art.kind === "landmark" ? 400 : a.art.kind === "furniture" ? 392 : 320;
  const shown = (h * box.w) / a.art.h;
  if (shown > maxWidth) h *= maxWidth / shown;
  if (a.art.kind === "furniture" && shown < 300 && a.art.metres < 1.2) h *= Math.min(1.5, 300 / shown);
  const rise = (h * riseOf(a, all)) / a.art.h;
  if (rise > 345) h *= 345 / rise;
  return h * Math.min(1.25, Math.max(0.7, a.subject.size));
}

function shadowOf(p: Placed, pen: Pen, fill: string): string {
  if (!p.unit.shadow) return "";
  return ellipse(p.x + p.unit.w * 0.05, p.y + 1, p.unit.w * 0.56, Math.min(20, 5 + p.unit.w * 0.05), fill, {
    opacity: pen.pal.dark ? 0.7 : 0.5,
  });
}

function arrange(
  stage: Stage,
  actors: readonly Actor[],
  setting: SettingId,
  backdrop: Backdrop,
  pen: Pen,
): { placed: Placed[]; heroX: number; heroY: number; headY: number } {
  const { scene } = stage;
  const { rnd } = pen;
  const { base } = backdrop;
  const f = (x: Scene["framing"][number]) => scene.framing.includes(x);
  const roots = [...new Set(actors.map(rootOf))];
  const rank = (r: Actor) => Math.max(...actors.filter((a) => rootOf(a) === r).map(importance));
  const hero = [...roots].filter((r) => r.role !== "behind").sort((a, b) => rank(b) - rank(a))[0] ?? roots[0];
  const placed: Placed[] = [];
  if (!hero) return { placed, heroX: 256, heroY: 300, headY: 260 };
  let zoom = 0.82 + rnd.next() * 0.34;
  if (f("wide") || f("panoramic")) zoom *= 0.56;
  if (f("aerial")) zoom *= 0.66;
  if (f("low")) zoom *= 1.18;
  if (f("portrait")) zoom *= 1.12;
  const centred = f("centred") || f("symmetrical") || f("portrait");
  const side = rnd.next() < 0.5 ? -1 : 1;
  const heroX = centred
    ? 256
    : f("thirds")
      ? 256 + side * 92
      : (backdrop.heroX ?? 256 + (rnd.next() - 0.5) * (hero.art.kind === "landmark" ? 90 : 150));
  const airy = setting === "sky" || setting === "space" || setting === "underwater";
  const heightOf = (a: Actor): number => {
    if (a === hero) return heroHeight(a, actors) * zoom;
    const h = relative(
      a,
      hero.art.metres,
      heroHeight(hero, actors) * zoom,
      a.role === "behind" && a.art.kind === "furniture" ? 0.9 : 0.36,
    );
    const cap = a.art.kind === "landmark" || a.art.kind === "plant" ? 300 : 250;
    if (a.art.kind === "plant" && a.art.metres < 2)
      return Math.min(h, heroHeight(hero, actors) * zoom * 0.52);
    return Math.max(54, Math.min(cap * Math.max(zoom, 0.6), h));
  };
  let beside = 0;
  const free = roots.filter((r) => r !== hero);
  for (const a of [hero, ...free]) {
    const count = Math.max(1, a.subject.count);
    const scale = count > 1 ? Math.max(0.42, count ** -0.32) : 1;
    const height = heightOf(a) * scale;
    const behind =
      a !== hero &&
      (a.role === "behind" ||
        (a.art.kind === "landmark" && hero.art.kind !== "landmark" && hero.art.kind !== "boat"));
    const width = (boxOf(a).w * height) / a.art.h;
    const slot = a === hero ? 0 : behind ? 0 : ++beside;
    for (let c = 0; c < count; c++) {
      const artPen = behind ? pen.far(0.14) : pen;
      const unit = buildUnit(a, actors, height * (count > 1 ? 0.9 + rnd.next() * 0.2 : 1), artPen, c);
      const flies =
        a.art.kind === "flyer" ||
        a.art.kind === "aquatic" ||
        a.art.kind === "celestial" ||
        a.role === "above" ||
        a.subject.pose === "fly" ||
        airy;
      let x: number;
      let y: number;
      if (a === hero) {
        const span = Math.min(430, Math.max(width * 0.8, 90) * (count - 1) * 0.9 + 1);
        x = count > 1 ? 256 + (c / (count - 1) - 0.5) * span + (rnd.next() - 0.5) * 24 : heroX;
        y = base + (count > 1 ? (rnd.next() - 0.6) * (count > 3 ? 70 : 34) : (rnd.next() - 0.5) * 14);
      } else if (behind) {
        x = heroX + (heroX > 256 ? -1 : 1) * (90 + rnd.below(70)) + (c - (count - 1) / 2) * width * 0.9;
        y = base - 62 - rnd.below(14);
      } else {
        const dir = slot % 2 === 1 ? -side : side;
        const heroW = (boxOf(hero).w * heightOf(hero)) / hero.art.h;
        x =
          heroX +
          dir *
            (heroW * (hero.art.kind === "landmark" ? 0.42 : 0.5) + width * 0.5 + 6 + (slot > 2 ? 60 : 0)) +
          (c - (count - 1) / 2) * width * 0.8;
        y =
          base +
          (a.role === "front" || a.art.metres < hero.art.metres ? 18 + rnd.below(22) : -22 + rnd.below(14)) +
          (c % 2) * 10;
      }
      x = Math.max(Math.min(width * 0.42, 200), Math.min(512 - Math.min(width * 0.42, 200), x));
      if (flies) {
        const low = airy ? 300 : 232;
        y =
          (a.art.kind === "celestial" ? 170 : low) +
          unit.h * (airy ? 0.42 : 0.2) -
          (a === hero ? 0 : 40) +
          (count > 1 || a !== hero ? (rnd.next() - 0.5) * (airy ? 240 : 150) : (rnd.next() - 0.5) * 30);
        y = Math.max(unit.h + 12, Math.min(490, y));
      }
      if (f("low") && !flies) y += 26;
      placed.push({
        unit,
        x,
        y: Math.min(505, y),
        flip: rnd.next() < 0.5 && a.art.kind !== "landmark",
        depth: behind ? 1 : 0,
      });
    }
  }
  const first = placed[0] as Placed;
  return {
    placed,
    heroX: first.x,
    heroY: first.y - first.unit.h * 0.55,
    headY: first.y - first.unit.h * 0.72,
  };
}

function foliage(pen: Pen): string {
  const c = pen.tone(mix(pen.pal.foliage, "#12261c", 0.6));
  let out = "";
  for (const k of [0, 1]) {
    for (let i = 0; i < 9; i++) {
      const top = i < 5;
      out += path("M0 0Q30 -34 84 -30Q66 22 0 0Z", mix(c, "#0c1a16", (i % 3) * 0.16), {
        transform: `translate(${k ? 520 - (top ? i * 26 : 0) : -8 + (top ? i * 26 : 0)} ${top ? 8 + (i % 2) * 16 : 120 + (i - 5) * 52}) scale(${k ? -1.25 : 1.25} 1.25) rotate(${pen.rnd.below(50) + (top ? 30 : -6)})`,
      });
    }
    out += path("M0 0Q20 -80 74 -110Q64 -30 0 0ZM30 0Q60 -60 120 -66Q92 -10 30 0Z", c, {
      transform: `translate(${k ? 526 : -14} 520) scale(${k ? -1.2 : 1.2} 1.2)`,
    });
  }
  return out;
}

/** Composes the picture of a scene. Same scene, prompt seed and seed: same document. */
export function composeScene(scene: Scene, seed: number, promptSeed: number, sizePx: number): Composition {
  const rnd = createRandom(seedFrom("sketch", promptSeed, seed));
  // The parsed scene is shared by the renders of a prompt; actors change poses, so they get a copy.
  const own: Scene = structuredClone(scene);
  const { setting, actors, flavour } = planScene(own, rnd);
  const pal = paletteFor({ ...own, setting }, rnd);
  const { pen, defs } = createPen(rnd, pal);
  const f = (x: Scene["framing"][number]) => own.framing.includes(x);
  const horizon = f("aerial") ? 150 : f("low") ? 366 : 268 + rnd.below(56);
  const stage: Stage = {
    pen,
    scene: own,
    horizon,
    flavour,
    landmark: actors.some((a) => a.art.kind === "landmark"),
  };
  const backdrop = paintSetting(setting, stage);
  const lightPen =
    INDOORS.has(setting) && setting !== "cave" && setting !== "stage"
      ? indoorPen(stage)
      : pal.lit && pal.dark
        ? pen.under(mix(pal.light, "#ffffff", 0.3))
        : pen;
  const actorPen = own.lights.includes("backlit") ? pen.under("#4a3a4e") : lightPen;
  const { placed, heroX, heroY, headY } = arrange(stage, actors, setting, backdrop, actorPen);
  placed.sort((a, b) => b.depth - a.depth || a.y - b.y);
  const shade = pen.radial([
    [0, "#0b0d18", 0.7],
    [0.55, "#0b0d18", 0.34],
    [1, "#0b0d18", 0],
  ]);
  let body = backdrop.back;
  for (const p of placed) if (p.unit.glow) body += group(p.unit.glow, `translate(${n(p.x)} ${n(p.y)})`);
  for (const p of placed) {
    if (backdrop.ground !== "water") body += shadowOf(p, pen, shade);
    body += group(p.unit.svg, `translate(${n(p.x)} ${n(p.y)})${p.flip ? " scale(-1 1)" : ""}`);
  }
  body += backdrop.front ?? "";
  if (!INDOORS.has(setting) || own.lights.length > 0)
    body += weatherOverlay({ ...stage, scene: INDOORS.has(setting) ? { ...own, weather: [] } : own });
  // A camera of its own for each seed: nearer or wider, never so near that the hero is cut.
  const near = placed.filter((p) => p.depth === 0);
  const leftmost = Math.min(512, ...near.map((p) => p.x - p.unit.w / 2));
  const rightmost = Math.max(0, ...near.map((p) => p.x + p.unit.w / 2));
  const tallest = Math.max(1, ...near.map((p) => p.unit.rise));
  const room = near.length ? Math.min(1.34, 440 / tallest, 490 / Math.max(1, rightmost - leftmost)) : 1.2;
  const wanted = rnd.next() < 0.55 ? 1.1 + rnd.next() * 0.24 : 1 + rnd.next() * 0.06;
  const z0 = f("wide") || f("aerial") || f("panoramic") ? 1 : Math.max(1, Math.min(room, wanted));
  const edge = 256 / z0;
  const ox = Math.max(edge - 20, Math.min(532 - edge, near.length > 1 ? (leftmost + rightmost) / 2 : heroX));
  const oy = Math.max(edge, Math.min(512 - edge + 18, heroY + 20));
  let transform =
    z0 > 1.01
      ? `translate(${n(256 - ox * z0)} ${n(256 - oy * z0)}) scale(${Math.round(z0 * 1000) / 1000})`
      : "";
  const bust = f("portrait") && actors.some((a) => a.art.kind === "person" || a.art.kind === "creature");
  if (f("close") || bust) {
    const z = bust ? 1.9 : 1.62;
    const cx = Math.max(158, Math.min(354, heroX));
    const cy = Math.max(140, Math.min(354, bust ? headY : heroY));
    transform = `translate(${n(256 - cx * z)} ${n(250 - cy * z)}) scale(${z})`;
  }
  if (f("tilted"))
    transform += ` rotate(${rnd.next() < 0.5 ? -10 : 10} 256 256) translate(-46 -46) scale(1.18)`;
  let over = "";
  if (f("leaves")) over += foliage(pen);
  if (f("panoramic")) over += rect(0, 0, 512, 84, "#0b0b0f") + rect(0, 428, 512, 84, "#0b0b0f");
  else if (own.styles.includes("cinematic"))
    over += rect(0, 0, 512, 46, "#08080b") + rect(0, 466, 512, 46, "#08080b");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${sizePx}" height="${sizePx}" viewBox="0 0 512 512"><defs>${defs()}</defs>${group(body, transform.trim())}${over}</svg>`;
  const mirrorAt = f("reflection") ? Math.min(0.86, (backdrop.base + 10) / 512) : null;
  return { svg, setting, dark: pal.dark, mirrorAt };
}

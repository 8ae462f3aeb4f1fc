import { darken, lighten, mix } from "../colour.ts";
import { circle, path, stroke } from "../svg.ts";
import { type Backdrop, BOTTOM, type Stage } from "./stage.ts";
import { waves } from "./waves.ts";

/** A spray of foam where a wave meets rock. */
function spray(s: Stage, x: number, y: number, dir: number): string {
  const { pen } = s;
  const { rnd, pal } = pen;
  const foam = mix("#ffffff", pal.haze, pal.dark ? 0.3 : 0);
  const shade = mix(foam, pal.water, 0.35);
  const burst = Array.from({ length: 20 }, (_, i) => {
    const t = i / 19;
    const lift = rnd.next() * (26 + 84 * (1 - Math.abs(t - 0.45) * 1.7));
    return { x: x + dir * (t * 96 - 40), y: y - lift, r: 15 - lift * 0.09 + rnd.next() * 6 };
  });
  let out = burst.map((b) => circle(b.x + 3, b.y + 5, b.r, shade, { opacity: 0.55 })).join("");
  out += burst.map((b) => circle(b.x, b.y, b.r * 0.86, foam, { opacity: 0.8 })).join("");
  for (let i = 0; i < 32; i++)
    out += circle(x + dir * (rnd.below(110) - 40), y - rnd.below(110), 0.8 + rnd.next() * 2.6, foam, {
      opacity: 0.8,
    });
  return out;
}

/** Land for what stands by the sea: a headland, a high cliff, or a rock among the waves. */
export function coast(s: Stage, behind: string, horizon: number, rough: boolean): Backdrop {
  const { pen } = s;
  const { rnd, pal } = pen;
  let back = behind;
  const rock = (c: string) => pen.tone(c);
  const stone = pen.linear([
    [0, rock(lighten(pal.rock, 0.12))],
    [1, rock(darken(pal.rock, 0.5))],
  ]);
  const left = rnd.next() < 0.5;
  const m = (x: number) => (left ? x : 512 - x);
  const dir = left ? 1 : -1;
  const grass = rock(pal.season === "winter" ? "#e6edf2" : mix(pal.grass, "#6a7a4a", 0.4));
  const foam = mix("#ffffff", pal.haze, pal.dark ? 0.3 : 0);
  const deep = rock(darken(pal.water, 0.35));
  if (rough) back += waves(pen, horizon + 16, 4, 40 + rnd.below(44));
  const kind = rnd.below(3);
  const boulders = (x0: number, x1: number, y0: number, y1: number) => {
    let out = "";
    for (let i = 0; i < 16; i++) {
      out += path(
        `M${m(x0 + rnd.below(x1 - x0))} ${y0 + rnd.below(y1 - y0)}l16 -10l20 6l4 14l-26 8Z`,
        rock(darken(pal.rock, 0.15 + rnd.next() * 0.35)),
        { opacity: 0.7 },
      );
    }
    return out;
  };
  if (kind === 0) {
    // A rock among the waves.
    const cx = 150 + rnd.below(212);
    const y = 404;
    back += path(
      `M${cx - 150} ${BOTTOM}Q${cx - 140} 452 ${cx - 104} 440L${cx - 88} 414L${cx - 52} 410L${cx - 40} ${y - 4}H${cx + 46}L${cx + 60} 412L${cx + 92} 418L${cx + 112} 446Q${cx + 150} 460 ${cx + 158} ${BOTTOM}Z`,
      stone,
    );
    back += path(
      `M${cx - 40} ${y - 4}H${cx + 46}L${cx + 60} 412L${cx + 20} 424L${cx - 20} 412L${cx - 52} 410Z`,
      rock(lighten(pal.rock, 0.24)),
      { opacity: 0.8 },
    );
    for (let i = 0; i < 10; i++)
      back += path(
        `M${cx - 100 + rnd.below(190)} ${426 + rnd.below(50)}l14 -12l20 8l2 16l-28 6Z`,
        rock(darken(pal.rock, 0.2 + rnd.next() * 0.3)),
        { opacity: 0.75 },
      );
    let front = rough ? spray(s, cx + dir * 124, 478, dir) + waves(pen, 392, 4, 54 + rnd.below(30), 3) : "";
    if (!rough)
      front +=
        path(
          `M-90 ${BOTTOM}V470Q${cx - 160} 458 ${cx - 120} 474Q${cx} 488 ${cx + 124} 472Q${cx + 180} 458 602 472V${BOTTOM}Z`,
          rock(pal.water),
          { opacity: 0.94 },
        ) +
        stroke(`M${cx - 150} 466Q${cx - 120} 474 ${cx - 100} 478Q${cx} 488 ${cx + 124} 472`, "#ffffff", 3, {
          opacity: 0.6,
        });
    return { back, front, ground: "land", base: y, heroX: cx };
  }
  const y = kind === 1 ? 396 : 338 + rnd.below(24);
  const edge = kind === 1 ? 330 + rnd.below(80) : 270 + rnd.below(70);
  back += path(
    `M${m(-90)} ${BOTTOM}V${y - 6}Q${m(40)} ${y - 14} ${m(edge * 0.45)} ${y - 10}Q${m(edge * 0.8)} ${y - 12} ${m(edge)} ${y + 6}Q${m(edge + 36)} ${y + 22} ${m(edge + 34)} ${y + 62}L${m(edge + 62)} ${y + 100}L${m(edge + 80)} ${BOTTOM}Z`,
    stone,
  );
  back += boulders(10, edge, y + 36, 496);
  if (kind === 2)
    back += stroke(
      `M${m(edge * 0.3)} ${y + 40}l${dir * 18} 60l${dir * -8} 50M${m(edge * 0.7)} ${y + 36}l${dir * 12} 70l${dir * 20} 40`,
      rock(darken(pal.rock, 0.5)),
      3,
      { opacity: 0.5 },
    );
  back += path(
    `M${m(-90)} ${y + 26}V${y - 6}Q${m(40)} ${y - 14} ${m(edge * 0.45)} ${y - 10}Q${m(edge * 0.8)} ${y - 12} ${m(edge)} ${y + 6}Q${m(edge + 24)} ${y + 14} ${m(edge + 28)} ${y + 26}Q${m(edge * 0.9)} ${y + 14} ${m(edge * 0.7)} ${y + 22}Q${m(edge * 0.4)} ${y + 12} ${m(60)} ${y + 26}Q${m(0)} ${y + 16} ${m(-90)} ${y + 26}Z`,
    grass,
  );
  const line = `M${m(610)} 470Q${m(540)} 440 ${m(edge + 110)} 456Q${m(edge + 60)} 452 ${m(edge + 40)} 480Q${m(edge - 20)} 488 ${m(edge - 80)} 500Q${m(120)} 508 ${m(-90)} 496`;
  const front =
    (rough ? spray(s, m(edge + 62), 488, dir) : "") +
    path(`${line}V${BOTTOM}H${m(610)}Z`, rough ? deep : rock(pal.water), { opacity: rough ? 1 : 0.92 }) +
    stroke(line, rough ? foam : "#ffffff", rough ? 6 : 3, { opacity: rough ? 0.8 : 0.6 });
  return { back, front, ground: "land", base: y + 6, heroX: m(70 + rnd.below(Math.max(60, edge - 140))) };
}

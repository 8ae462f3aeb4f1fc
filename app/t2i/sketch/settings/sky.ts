import type { Pen } from "../art.ts";
import { lighten, mix } from "../colour.ts";
import { circle, path, rect, stroke } from "../svg.ts";
import { LEFT, RIGHT, type Stage, WIDTH } from "./stage.ts";

/** A cloud of a flat base and round heads. */
export function cloud(
  pen: Pen,
  x: number,
  y: number,
  w: number,
  light: string,
  shade: string,
  opacity = 1,
): string {
  const { rnd } = pen;
  const heads = 4 + rnd.below(3);
  const h = w * (0.16 + rnd.next() * 0.1);
  const blob = (dy: number, k: number) => {
    let out = "";
    for (let i = 0; i < heads; i++) {
      const t = (i + 0.5) / heads;
      const r = h * (0.55 + Math.sin(t * Math.PI) * (0.5 + bumps[i]! * 0.5)) * k;
      out += circle(x - w / 2 + t * w, y - r * 0.45 + dy, r, "inherit").replace(' fill="inherit"', "");
    }
    return (
      out +
      rect(x - w / 2 - h * 0.2, y - h * 0.55 + dy, w + h * 0.4, h * 0.62, "inherit", h * 0.3).replace(
        ' fill="inherit"',
        "",
      )
    );
  };
  const bumps = Array.from({ length: heads }, () => rnd.next());
  return `<g opacity="${opacity.toFixed(2)}"><g fill="${shade}">${blob(h * 0.2, 1)}</g><g fill="${light}">${blob(-h * 0.06, 0.9)}</g></g>`;
}

/** A thin streak of cloud. */
function streak(x: number, y: number, w: number, fill: string, opacity: number): string {
  return path(
    `M${x - w} ${y}Q${x - w * 0.3} ${y - 7} ${x} ${y - 4}T${x + w} ${y}Q${x + w * 0.3} ${y + 6} ${x} ${y + 4}T${x - w} ${y}Z`,
    fill,
    { opacity },
  );
}

export function moonDisc(pen: Pen, x: number, y: number, r: number): string {
  const crescent = pen.rnd.next() < 0.4;
  const halo = circle(
    x,
    y,
    r * 4.2,
    pen.radial([
      [0, "#dfe8ff", 0.42],
      [0.3, "#b9c9f5", 0.18],
      [1, "#8fa5e0", 0],
    ]),
  );
  if (crescent) {
    return (
      halo +
      path(
        `M${x - r * 0.3} ${y - r}A${r} ${r} 0 1 1 ${x - r * 0.3} ${y + r}A${r * 0.82} ${r * 0.82} 0 1 0 ${x - r * 0.3} ${y - r}Z`,
        "#fdf6dc",
        { transform: `rotate(${150 + pen.rnd.below(50)} ${x.toFixed(1)} ${y.toFixed(1)})` },
      )
    );
  }
  return (
    halo +
    circle(x, y, r, "#fbf5de") +
    circle(x - r * 0.3, y - r * 0.2, r * 0.22, "#e6dcc0") +
    circle(x + r * 0.32, y + r * 0.3, r * 0.16, "#e9e0c6") +
    circle(x + r * 0.1, y - r * 0.5, r * 0.12, "#e9e0c6")
  );
}

function lightning(pen: Pen, x: number, y: number, bottom: number): string {
  const { rnd } = pen;
  let d = `M${x} ${y}`;
  let px = x;
  const steps = 6;
  let branch = "";
  for (let i = 1; i <= steps; i++) {
    px += (rnd.next() - 0.5) * 56;
    const py = y + ((bottom - y) * i) / steps;
    d += `L${px.toFixed(1)} ${py.toFixed(1)}`;
    if (i === 3)
      branch = `M${px.toFixed(1)} ${py.toFixed(1)}l${(rnd.next() - 0.5) * 60} 26l${(rnd.next() - 0.5) * 50} 30`;
  }
  return (
    stroke(d, "#aebcf5", 9, { opacity: 0.3 }) + stroke(branch, "#e8edff", 1.8) + stroke(d, "#fffdf0", 3.4)
  );
}

function aurora(pen: Pen, horizon: number): string {
  const { rnd } = pen;
  let out = "";
  for (const [a, b] of [
    ["#4dffb0", "#38c5d8"],
    ["#7affa0", "#8a6fff"],
    ["#3fe0c0", "#c06fe8"],
  ] as const) {
    const y = horizon * (0.18 + rnd.next() * 0.3);
    const fill = pen.linear([
      [0, b, 0],
      [0.35, a, 0.5],
      [0.6, a, 0.28],
      [1, a, 0],
    ]);
    const wave = (dy: number) => `${y + dy + rnd.below(40) - 20}`;
    out += path(
      `M${LEFT} ${wave(20)}C60 ${wave(-60)} 160 ${wave(60)} 270 ${wave(-10)}S460 ${wave(-50)} ${RIGHT} ${wave(10)}V${y + 120}C460 ${wave(90)} 380 ${wave(170)} 260 ${wave(120)}S60 ${wave(160)} ${LEFT} ${wave(110)}Z`,
      fill,
    );
  }
  return out;
}

function rainbow(horizon: number, x: number): string {
  const bands = ["#e8505a", "#f29a3c", "#f5d94e", "#6cc26a", "#4a9de0", "#8a6ad0"];
  return bands
    .map(
      (c, i) =>
        `<circle cx="${x}" cy="${horizon + 30}" r="${270 - i * 9}" fill="none" stroke="${c}" stroke-width="9.5" opacity="0.5"/>`,
    )
    .join("");
}

/** Sky with sun or moon, stars, clouds, lightning, rainbow. `disc` false hides sun and moon. */
export function sky(stage: Stage, disc = true): string {
  const { pen, scene, horizon } = stage;
  const { pal, rnd } = pen;
  let out = rect(
    LEFT,
    -80,
    WIDTH,
    horizon + 110,
    pen.linear([
      [0, pal.sky[0]],
      [0.55, pal.sky[1]],
      [1, pal.sky[2]],
    ]),
  );
  const storm = scene.weather.includes("storm");
  const grey =
    storm ||
    scene.weather.includes("rain") ||
    scene.weather.includes("fog") ||
    scene.weather.includes("cloudy");
  const starry = scene.lights.includes("stars");
  if ((pal.time === "night" && !grey) || starry) {
    const count = starry ? 150 : 70;
    let dots = "";
    for (let i = 0; i < count; i++) {
      const r = rnd.next() ** 3 * (starry ? 2.4 : 1.7) + 0.5;
      dots += circle(LEFT + rnd.next() * WIDTH, rnd.next() * (horizon - 10) - 20, r, "#fff7e0", {
        opacity: 0.45 + rnd.next() * 0.55,
      });
    }
    if (starry) {
      out += path(
        `M${LEFT} ${horizon * 0.9}Q200 ${horizon * 0.35} ${RIGHT} -60V60Q260 ${horizon * 0.6} ${LEFT} ${horizon}Z`,
        mix(pal.sky[1], "#cfc6ff", 0.6),
        { opacity: 0.28 },
      );
    }
    out += dots;
  }
  if (scene.lights.includes("aurora")) out += aurora(pen, horizon);
  const sx = rnd.next() < 0.5 ? 60 + rnd.below(120) : 330 + rnd.below(130);
  if (disc && !stage.flavour.has("own-moon")) {
    if (pal.dark && !storm)
      out += moonDisc(pen, sx, 56 + rnd.below(60), scene.lights.includes("moon") ? 40 : 26 + rnd.below(10));
    else if (!pal.dark && !storm && !(grey && !scene.lights.includes("backlit"))) {
      const low =
        pal.time === "sunset" ||
        pal.time === "dawn" ||
        pal.time === "golden" ||
        scene.lights.includes("backlit");
      const y = low ? horizon - 26 - rnd.below(50) : 52 + rnd.below(50);
      const r = low ? 34 + rnd.below(16) : 27 + rnd.below(8);
      const core = low ? mix("#fff2c0", pal.sky[2], 0.25) : "#fff8dc";
      out +=
        circle(
          sx,
          y,
          r * 5,
          pen.radial([
            [0, "#fff3c4", 0.75],
            [0.25, lighten(pal.sky[2], 0.2), 0.4],
            [1, pal.sky[2], 0],
          ]),
        ) + circle(sx, y, r, core);
    }
  }
  if (scene.weather.includes("rainbow")) out += rainbow(horizon, 140 + rnd.below(240));
  const clear = scene.weather.includes("clear") || (starry && !grey);
  if (storm) {
    for (let i = 0; i < 7; i++)
      out += cloud(
        pen,
        LEFT + rnd.below(WIDTH),
        10 + rnd.below(Math.max(20, horizon * 0.5)),
        220 + rnd.below(180),
        mix(pal.cloud, pal.sky[0], 0.5),
        mix(pal.sky[0], "#05070d", 0.35),
        0.92,
      );
    out += lightning(pen, 60 + rnd.below(150), 60, horizon + 4);
    if (rnd.next() < 0.75) out += lightning(pen, 330 + rnd.below(140), 50, horizon - 10);
  } else if (!clear) {
    const heavy = scene.weather.includes("cloudy") || scene.lights.includes("dramatic");
    const count = heavy ? 6 : 1 + rnd.below(4);
    for (let i = 0; i < count; i++) {
      const depth = i / count;
      const y = 34 + depth * horizon * 0.55 + rnd.below(24);
      if (!heavy && rnd.next() < 0.3) out += streak(rnd.below(512), y, 90 + rnd.below(90), pal.cloud, 0.7);
      else
        out += cloud(
          pen,
          rnd.below(540),
          y,
          (heavy ? 170 : 100) + rnd.below(110) - depth * 50,
          pal.cloud,
          pal.cloudShade,
          pal.dark ? 0.55 : 0.9,
        );
    }
    if (heavy)
      for (let i = 0; i < 3; i++)
        out += streak(
          rnd.below(512),
          horizon - 40 - rnd.below(60),
          160,
          mix(pal.sky[2], "#ffd9a0", 0.4),
          0.5,
        );
  }
  return out;
}

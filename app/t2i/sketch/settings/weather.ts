import { mix } from "../colour.ts";
import { circle, ellipse, path, poly, rect, stroke } from "../svg.ts";
import { LEFT, type Stage, WIDTH } from "./stage.ts";

/** Rain, snow, fog, wind, sun rays: drawn over everything. */
export function weatherOverlay(stage: Stage): string {
  const { pen, scene } = stage;
  const { rnd, pal } = pen;
  let out = "";
  if (scene.weather.includes("rain") || scene.weather.includes("storm")) {
    let d = "";
    for (let i = 0; i < 120; i++) {
      const x = LEFT + rnd.next() * WIDTH;
      const y = rnd.next() * 540 - 20;
      const l = 14 + rnd.next() * 24;
      d += `M${x.toFixed(0)} ${y.toFixed(0)}l${(-l * 0.3).toFixed(0)} ${l.toFixed(0)}`;
    }
    out += stroke(d, pal.dark ? "#b9cdea" : "#eef4fa", 1.5, { opacity: 0.5 });
  }
  if (scene.weather.includes("snow")) {
    for (let i = 0; i < 130; i++)
      out += circle(rnd.next() * 512, rnd.next() * 512, 1 + rnd.next() ** 2 * 4.2, "#ffffff", {
        opacity: 0.55 + rnd.next() * 0.4,
      });
  }
  if (scene.weather.includes("fog") || scene.lights.includes("mist")) {
    const c = mix(pal.haze, pal.dark ? "#8fa0bd" : "#f3f2ec", 0.45);
    const k = scene.weather.includes("fog") ? 1 : 0.7;
    for (let i = 0; i < 5; i++) {
      const y = 150 + i * 78 + rnd.below(30);
      out += ellipse(
        rnd.below(512),
        y,
        330,
        62,
        pen.radial([
          [0, c, 0.78 * k],
          [0.6, c, 0.42 * k],
          [1, c, 0],
        ]),
      );
    }
    out += rect(LEFT, -80, WIDTH, 700, c, 0, { opacity: 0.22 * k });
  }
  if (scene.weather.includes("wind")) {
    for (let i = 0; i < 9; i++) {
      const x = rnd.below(430) - 20;
      const y = 40 + rnd.below(380);
      out += stroke(`M${x} ${y}q50 -16 96 0t78 -8q18 -14 2 -20q-12 0 -8 10`, "#ffffff", 2.4, {
        opacity: 0.5,
      });
    }
    for (let i = 0; i < 16; i++)
      out += ellipse(
        rnd.below(512),
        rnd.below(480),
        6,
        2.6,
        pal.season === "autumn" ? "#d9822b" : mix(pal.foliage, "#ffffff", 0.1),
        { transform: `rotate(${rnd.below(60) - 30} 256 256)` },
      );
  }
  if (pal.season === "autumn" && scene.season) {
    for (let i = 0; i < 22; i++)
      out += path("M0 -7Q7 0 0 8Q-7 0 0 -7Z", rnd.pick(["#d9822b", "#c9502c", "#e2a52e", "#b8401f"]), {
        transform: `translate(${rnd.below(512)} ${rnd.below(500)}) rotate(${rnd.below(180)})`,
      });
  }
  if (pal.season === "spring" && scene.season) {
    for (let i = 0; i < 22; i++)
      out += ellipse(rnd.below(512), rnd.below(500), 4.4, 2.8, rnd.pick(["#fbd9e2", "#f6bccb", "#ffffff"]), {
        opacity: 0.9,
      });
  }
  if (scene.lights.includes("rays")) {
    const x = rnd.next() < 0.5 ? 40 : 470;
    const fill = pen.linear([
      [0, "#fff1c0", 0.6],
      [1, "#fff1c0", 0],
    ]);
    for (let i = 0; i < 6; i++) {
      const t = (x < 256 ? 1 : -1) * (40 + i * 92);
      out += poly(
        [
          [x, -40],
          [x + 14, -40],
          [x + t + 46, 540],
          [x + t - 14, 540],
        ],
        fill,
        { opacity: 0.7 - (i % 2) * 0.25 },
      );
    }
  }
  if (scene.lights.includes("glow") || scene.lights.includes("mystery")) {
    for (let i = 0; i < 26; i++) {
      const r = 4 + rnd.next() * 11;
      const c = scene.lights.includes("mystery")
        ? rnd.pick(["#9fe8ff", "#d9a8ff", "#fff0b0"])
        : rnd.pick(["#ffe08a", "#ffc45a", "#fff3c0"]);
      out += circle(
        rnd.below(512),
        60 + rnd.below(430),
        r,
        pen.radial([
          [0, "#ffffff", 0.95],
          [0.2, c, 0.8],
          [1, c, 0],
        ]),
      );
    }
  }
  return out;
}

import type { Pen } from "../art.ts";
import { darken, lighten } from "../colour.ts";
import { circle, ellipse, path, rect, stroke } from "../svg.ts";
import type { Role } from "./roles.ts";

function hat(pen: Pen, r: Role, x: number, y: number): string {
  const c = r.hatColour ?? "#8a4b32";
  const t = pen.tone;
  switch (r.hat) {
    case "straw":
      return (
        ellipse(x, y - 10, 27, 6, t("#d9b25f")) +
        path(
          `M${x - 14} ${y - 11}Q${x - 12} ${y - 28} ${x} ${y - 28}Q${x + 12} ${y - 28} ${x + 14} ${y - 11}Z`,
          t("#e6c377"),
        ) +
        rect(x - 14, y - 15, 28, 4, t("#a8553a"))
      );
    case "chef":
      return (
        rect(x - 13, y - 22, 26, 14, t("#f1efe9")) +
        circle(x - 9, y - 26, 9, t("#fdfcf8")) +
        circle(x + 9, y - 26, 9, t("#fdfcf8")) +
        circle(x, y - 30, 10, t("#fdfcf8"))
      );
    case "crown":
      return (
        path(
          `M${x - 14} ${y - 10}L${x - 16} ${y - 30}L${x - 7} ${y - 20}L${x} ${y - 34}L${x + 7} ${y - 20}L${x + 16} ${y - 30}L${x + 14} ${y - 10}Z`,
          t("#eebf3f"),
        ) + circle(x, y - 16, 2.6, t("#c8313a"))
      );
    case "wizard":
      return (
        ellipse(x, y - 9, 28, 6, t(darken(c, 0.15))) +
        path(
          `M${x - 17} ${y - 10}Q${x - 6} ${y - 40} ${x + 8} ${y - 64}Q${x + 10} ${y - 30} ${x + 17} ${y - 10}Z`,
          t(c),
        ) +
        circle(x + 1, y - 26, 2.4, t("#f0cf70")) +
        circle(x + 6, y - 42, 1.8, t("#f0cf70"))
      );
    case "fedora":
      return (
        ellipse(x, y - 9, 24, 5, t(c)) +
        path(
          `M${x - 14} ${y - 10}Q${x - 13} ${y - 28} ${x - 2} ${y - 25}Q${x + 13} ${y - 30} ${x + 14} ${y - 10}Z`,
          t(lighten(c, 0.08)),
        ) +
        rect(x - 14, y - 15, 28, 4.5, t(darken(c, 0.4)))
      );
    case "hood":
      return path(
        `M${x - 19} ${y + 14}Q${x - 22} ${y - 24} ${x} ${y - 24}Q${x + 22} ${y - 24} ${x + 19} ${y + 14}Q${x + 12} ${y - 12} ${x} ${y - 12}Q${x - 12} ${y - 12} ${x - 19} ${y + 14}Z`,
        t(c),
      );
    case "cap":
      return (
        path(
          `M${x - 16} ${y - 6}Q${x - 15} ${y - 23} ${x} ${y - 23}Q${x + 15} ${y - 23} ${x + 16} ${y - 6}Z`,
          t(c),
        ) + ellipse(x + 14, y - 6, 14, 3.4, t(darken(c, 0.2)))
      );
    case "beret":
      return path(
        `M${x - 17} ${y - 8}Q${x - 26} ${y - 26} ${x + 2} ${y - 25}Q${x + 24} ${y - 22} ${x + 15} ${y - 9}Z`,
        t(c),
      );
    default:
      return "";
  }
}

export function headOf(
  pen: Pen,
  r: Role,
  x: number,
  y: number,
  skin: string,
  hair: string,
  big: number,
): string {
  const t = pen.tone;
  if (r.head === "robot") {
    const eye = pen.pal.dark ? "#8ff0ff" : "#3fb6d9";
    return (
      stroke(`M${x} ${y - 20}V${y - 34}`, t("#6d7c8a"), 3) +
      circle(x, y - 36, 4.5, t("#e0563f")) +
      rect(x - 21, y - 20, 42, 36, t("#c3ced6"), 8) +
      rect(x - 16, y - 12, 32, 17, t("#26323f"), 7) +
      circle(x - 7, y - 4, 4.4, eye) +
      circle(x + 8, y - 4, 4.4, eye) +
      rect(x - 25, y - 8, 5, 13, t("#8b9aa7"), 2) +
      rect(x + 20, y - 8, 5, 13, t("#8b9aa7"), 2) +
      stroke(`M${x - 7} ${y + 10}H${x + 8}`, t("#6d7c8a"), 2.4)
    );
  }
  if (r.head === "helmet") {
    return (
      circle(x, y - 3, 25, t("#f3f5f7")) +
      ellipse(x + 4, y - 2, 18, 16, t("#8a6a2c")) +
      ellipse(
        x + 4,
        y - 2,
        16.5,
        14.5,
        pen.linear(
          [
            [0, t("#26365c")],
            [0.55, t("#3f6a9c")],
            [1, t("#e0a640")],
          ],
          0,
          0,
          1,
          1,
        ),
      ) +
      ellipse(x - 3, y - 8, 5, 3, "#ffffff", { opacity: 0.8 })
    );
  }
  if (r.head === "knight") {
    return (
      path(
        `M${x - 16} ${y + 15}V${y - 6}Q${x - 14} ${y - 22} ${x} ${y - 22}Q${x + 14} ${y - 22} ${x + 16} ${y - 6}V${y + 15}Z`,
        t("#b5bdc9"),
      ) +
      rect(x - 10, y - 6, 25, 5, t("#23262e")) +
      stroke(`M${x + 3} ${y}V${y + 12}M${x + 9} ${y + 1}V${y + 11}`, t("#6d7686"), 1.6) +
      path(
        `M${x - 4} ${y - 21}Q${x - 14} ${y - 42} ${x - 26} ${y - 32}Q${x - 14} ${y - 28} ${x - 8} ${y - 17}Z`,
        t("#b83a3f"),
      )
    );
  }
  const k = 15 * big;
  let out = "";
  if (r.long)
    out += path(
      `M${x - k * 1.1} ${y - 4}Q${x - k * 1.5} ${y + k * 2} ${x - k * 0.7} ${y + k * 2.1}H${x + k * 0.3}V${y - 8}Z`,
      t(hair),
    );
  out += rect(x - 5, y + k * 0.6, 10, 12, t(darken(skin, 0.12))) + circle(x, y, k, t(skin));
  out +=
    circle(x + k * 0.28, y + 1, 1.7, t("#2c2224")) +
    circle(x + k * 0.78, y + 1, 1.6, t("#2c2224")) +
    stroke(
      `M${x + k * 0.3} ${y + k * 0.5}Q${x + k * 0.55} ${y + k * 0.68} ${x + k * 0.8} ${y + k * 0.46}`,
      t(darken(skin, 0.45)),
      1.5,
    );
  out += circle(x + k * 0.12, y + k * 0.42, 2.4, t("#e58f80"), { opacity: 0.5 });
  out += path(
    `M${x - k} ${y + k * 0.3}Q${x - k * 1.25} ${y - k * 1.15} ${x + k * 0.1} ${y - k * 1.1}Q${x + k * 1.05} ${y - k * 1.05} ${x + k * 0.98} ${y - k * 0.3}Q${x + k * 0.3} ${y - k * 0.35} ${x - k * 0.25} ${y - k * 0.5}Q${x - k * 0.3} ${y + k * 0.1} ${x - k * 0.55} ${y + k * 0.2}Z`,
    t(hair),
  );
  if (r.beard)
    out += path(
      `M${x - k * 0.7} ${y + k * 0.25}Q${x + k * 0.1} ${y + k * 0.5} ${x + k * 0.98} ${y + k * 0.25}Q${x + k * 0.9} ${y + k * 1.9} ${x + k * 0.3} ${y + k * 2}Q${x - k * 0.6} ${y + k * 1.3} ${x - k * 0.7} ${y + k * 0.25}Z`,
      t(r.beard),
    );
  return out + hat(pen, r, x, y);
}

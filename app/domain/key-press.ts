/** The parts of a keyboard event that say which key was meant. */
export interface KeyPress {
  /** What the layout makes of it: "1", "&", "с". */
  key: string;
  /** Where it lies: "Digit1", "KeyC". */
  code: string;
  shiftKey?: boolean;
  ctrlKey?: boolean;
  altKey?: boolean;
  metaKey?: boolean;
  isComposing?: boolean;
}

export type KeyName =
  | "1"
  | "2"
  | "3"
  | "4"
  | "5"
  | "6"
  | "7"
  | "8"
  | "9"
  | "0"
  | "Enter"
  | "Space"
  | "ArrowLeft"
  | "ArrowRight"
  | "ArrowUp"
  | "ArrowDown"
  | "+"
  | "-"
  | "?"
  | "C"
  | "F";

const SAME = new Set(["Enter", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "?", "+"]);
const LETTERS = new Set(["C", "F"]);

/**
 * Which of our keys was pressed, on any layout: a digit also where digits need Shift (AZERTY) and on the number pad, a
 * letter by its place where the layout writes another script. Null for all others, and with a modifier.
 */
export function keyNameOf(press: KeyPress): KeyName | null {
  const { key, code } = press;
  if (press.ctrlKey || press.altKey || press.metaKey || press.isComposing) return null;
  if (/^[0-9]$/.test(key)) return key as KeyName;
  if (key === " ") return "Space";
  if (SAME.has(key)) return key as KeyName;
  if (key === "-" || key === "−") return "-";
  const upper = key.toUpperCase();
  if (LETTERS.has(upper)) return upper as KeyName;
  if (press.shiftKey) return null;
  // Where + is written with Shift, = is the key that it is on.
  if (key === "=") return "+";
  const digit = /^Digit([0-9])$/.exec(code)?.[1];
  if (digit) return digit as KeyName;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return letter && LETTERS.has(letter) && /^[^\p{Script=Latin}\p{P}\p{N}]$/u.test(key)
    ? (letter as KeyName)
    : null;
}

/** 1–9, or null. */
export function digitOf(press: KeyPress): number | null {
  const name = keyNameOf(press);
  return name !== null && /^[1-9]$/.test(name) ? Number(name) : null;
}

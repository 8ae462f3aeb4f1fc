import type { SettingId } from "../scene.ts";

export interface Role {
  metres: number;
  head: "human" | "robot" | "helmet" | "knight";
  top?: string;
  bottom?: string;
  dress?: boolean;
  hair?: string;
  long?: boolean;
  beard?: string;
  hat?: "straw" | "chef" | "crown" | "wizard" | "fedora" | "hood" | "cap" | "beret";
  hatColour?: string;
  apron?: string;
  cape?: string;
  stout?: number;
  settings?: readonly SettingId[];
}

export const ROLES: Record<string, Role> = {
  person: { metres: 1.7, head: "human" },
  man: { metres: 1.75, head: "human" },
  woman: { metres: 1.68, head: "human", long: true, dress: true },
  boy: { metres: 1.25, head: "human" },
  girl: { metres: 1.25, head: "human", long: true, dress: true },
  child: { metres: 1.2, head: "human" },
  oldMan: {
    metres: 1.7,
    head: "human",
    hair: "#e3e3e3",
    beard: "#ececec",
    top: "#5f6b7a",
    bottom: "#4a4a52",
  },
  oldWoman: { metres: 1.6, head: "human", hair: "#e3e3e3", long: true, dress: true, top: "#7a5a78" },
  gardener: {
    metres: 1.7,
    head: "human",
    hat: "straw",
    top: "#e0d3b0",
    bottom: "#4f7a5a",
    apron: "#4f7a5a",
    settings: ["garden", "flowers"],
  },
  farmer: {
    metres: 1.7,
    head: "human",
    hat: "straw",
    top: "#b8503f",
    bottom: "#46628c",
    apron: "#46628c",
    settings: ["meadow"],
  },
  chef: {
    metres: 1.7,
    head: "human",
    hat: "chef",
    top: "#f4f2ee",
    bottom: "#55565e",
    apron: "#fdfcf8",
    settings: ["kitchen"],
  },
  king: {
    metres: 1.8,
    head: "human",
    hat: "crown",
    top: "#8f2435",
    cape: "#6b1a2c",
    bottom: "#3f2a50",
    beard: "#7a4f2f",
    settings: ["hall"],
  },
  queen: {
    metres: 1.75,
    head: "human",
    hat: "crown",
    top: "#6a3f9a",
    cape: "#8f2435",
    dress: true,
    long: true,
    settings: ["hall"],
  },
  princess: {
    metres: 1.65,
    head: "human",
    hat: "crown",
    top: "#e58fb4",
    dress: true,
    long: true,
    hair: "#e6c26a",
    settings: ["hall", "garden"],
  },
  wizard: {
    metres: 1.8,
    head: "human",
    hat: "wizard",
    hatColour: "#3f3a8a",
    top: "#4a45a0",
    dress: true,
    beard: "#eeeef2",
    hair: "#eeeef2",
    settings: ["cave", "forest", "library"],
  },
  witch: {
    metres: 1.7,
    head: "human",
    hat: "wizard",
    hatColour: "#2c2438",
    top: "#47345f",
    dress: true,
    long: true,
    hair: "#a04a2c",
    settings: ["forest"],
  },
  knight: {
    metres: 1.85,
    head: "knight",
    top: "#aab3c0",
    bottom: "#8a93a2",
    cape: "#a3303a",
    settings: ["mountains", "meadow"],
  },
  monk: {
    metres: 1.7,
    head: "human",
    hat: "hood",
    hatColour: "#b5622c",
    top: "#c4702f",
    dress: true,
    settings: ["mountains", "hall"],
  },
  samurai: {
    metres: 1.75,
    head: "human",
    hat: "straw",
    top: "#8f2f34",
    bottom: "#2f3340",
    cape: "#3a3f52",
    settings: ["mountains", "meadow"],
  },
  pirate: {
    metres: 1.75,
    head: "human",
    hat: "fedora",
    hatColour: "#2a2528",
    top: "#a3363a",
    bottom: "#3a3440",
    beard: "#3a2a22",
    settings: ["sea", "beach"],
  },
  musician: {
    metres: 1.75,
    head: "human",
    hat: "fedora",
    hatColour: "#2f3550",
    top: "#39426a",
    bottom: "#2f3550",
    settings: ["stage"],
  },
  dancer: { metres: 1.7, head: "human", top: "#e08aa4", dress: true, long: true, settings: ["stage"] },
  artist: {
    metres: 1.7,
    head: "human",
    hat: "beret",
    hatColour: "#a3303a",
    top: "#4a5f8a",
    apron: "#efe6d4",
    settings: ["living", "studio"],
  },
  fisherman: {
    metres: 1.7,
    head: "human",
    hat: "straw",
    top: "#d9a52f",
    bottom: "#44525f",
    beard: "#c9c4bb",
    settings: ["lake", "sea"],
  },
  detective: {
    metres: 1.75,
    head: "human",
    hat: "fedora",
    hatColour: "#6b5844",
    top: "#8a7256",
    cape: "#75603f",
    bottom: "#4a4038",
    settings: ["street"],
  },
  soldier: {
    metres: 1.8,
    head: "human",
    hat: "cap",
    hatColour: "#55603f",
    top: "#66704a",
    bottom: "#4f5838",
    settings: ["meadow"],
  },
  doctor: { metres: 1.72, head: "human", top: "#f4f6f8", bottom: "#4f7a94", settings: ["library"] },
  explorer: {
    metres: 1.75,
    head: "human",
    hat: "cap",
    hatColour: "#a3783f",
    top: "#c09a5f",
    bottom: "#6a5a3f",
    settings: ["jungle", "mountains"],
  },
  robot: {
    metres: 1.75,
    head: "robot",
    top: "#9fb0bd",
    bottom: "#7d8d9b",
    stout: 1.25,
    settings: ["city", "library"],
  },
  astronaut: {
    metres: 1.85,
    head: "helmet",
    top: "#eef0f3",
    bottom: "#e2e5ea",
    stout: 1.35,
    settings: ["space", "moon"],
  },
};

export const SKINS = ["#f1c7a5", "#e3ab84", "#c68a60", "#9c6644", "#7a4b32", "#f5d3b8"] as const;

export const HAIRS = ["#3a2a24", "#5f3d28", "#8a5a34", "#c4923f", "#a8492c", "#26222a"] as const;

export const TOPS = ["#c9503f", "#3f7a9c", "#d99a36", "#5f8f5a", "#7f5aa0", "#e0dcd2", "#2f8f8a"] as const;

export const BOTTOMS = ["#3a4a6a", "#4f4a44", "#6a6f7a", "#5a4638"] as const;

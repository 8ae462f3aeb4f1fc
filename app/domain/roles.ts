/** Who may do what. `admin` may do everything that the others may. */
export const ROLES = ["rater", "coordinator", "researcher", "admin"] as const;
export type Role = (typeof ROLES)[number];

export const CAPABILITIES = [
  "rate",
  "study.read",
  "study.manage",
  "rater.invite",
  "trajectory.replay",
  "problem.answer",
  "dataset.export",
  "api.key",
  "audit.read",
  "user.manage",
] as const;
export type Capability = (typeof CAPABILITIES)[number];

const GRANTS: Record<Role, readonly Capability[]> = {
  rater: ["rate"],
  coordinator: [
    "study.read",
    "study.manage",
    "rater.invite",
    "trajectory.replay",
    "problem.answer",
    "api.key",
    "audit.read",
  ],
  researcher: ["study.read", "trajectory.replay", "dataset.export", "api.key"],
  admin: CAPABILITIES,
};

export function isRole(value: unknown): value is Role {
  return ROLES.includes(value as Role);
}

export function hasCapability(role: Role, capability: Capability): boolean {
  return GRANTS[role].includes(capability);
}

/** The page a person starts on after signing in. */
export function homePathOf(role: Role): string {
  switch (role) {
    case "rater":
      return "/rate";
    case "researcher":
      return "/data";
    case "coordinator":
    case "admin":
      return "/console";
  }
}

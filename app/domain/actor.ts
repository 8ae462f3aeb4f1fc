import { RequestError } from "./errors.ts";
import { type Capability, hasCapability, type Role } from "./roles.ts";

/** Who is asking. `raterId` is the pseudonymous id, null for staff who never rated. */
export interface Actor {
  userId: string;
  email: string;
  name: string;
  role: Role;
  raterId: string | null;
}

/** Throws FORBIDDEN unless the actor's role has the capability. */
export function assertCapability(actor: Actor, capability: Capability): void {
  if (!hasCapability(actor.role, capability)) {
    throw new RequestError("FORBIDDEN", "Your account does not give you access to this page.");
  }
}

import type { NavItem, ShellUser } from "../../components/app-shell.tsx";
import type { Actor } from "../../domain/actor.ts";
import { paths } from "../../domain/paths.ts";
import { hasCapability, type Role } from "../../domain/roles.ts";

/** Top navigation of staff pages: only what the role may open. */
export function staffNav(role: Role): NavItem[] {
  const nav: NavItem[] = [];
  if (hasCapability(role, "study.manage")) nav.push({ to: paths.console(), label: "Console" });
  if (hasCapability(role, "study.manage")) nav.push({ to: paths.health(), label: "Health" });
  if (hasCapability(role, "dataset.export")) nav.push({ to: paths.data(), label: "Data" });
  if (hasCapability(role, "audit.read")) nav.push({ to: paths.audit(), label: "Audit log" });
  return nav;
}

export function shellUser(actor: Actor): ShellUser {
  return {
    name: actor.name,
    email: actor.email,
    roleLabel: actor.role.charAt(0).toUpperCase() + actor.role.slice(1),
  };
}

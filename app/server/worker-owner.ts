import { hostname } from "node:os";

/** The owners of leases (`host:pid:id`) that live in this process. */
export interface Owners {
  /** The owner with this id, which lives here from now on. */
  add(id: string): string;
  delete(owner: string): void;
  /** True only when the owner ran on this machine and its process is gone; others wait for their lease to end. */
  isDeadHere(owner: string): boolean;
}

export function createOwners(): Owners {
  // After a restart another process may have had the same id, in a container every time.
  const here = new Set<string>();
  return {
    add(id) {
      const owner = `${hostname()}:${process.pid}:${id}`;
      here.add(owner);
      return owner;
    },
    delete: (owner) => here.delete(owner),
    isDeadHere(owner) {
      const [host, pid] = owner.split(":");
      if (host !== hostname() || !pid) return false;
      if (Number(pid) === process.pid) return !here.has(owner);
      try {
        process.kill(Number(pid), 0);
        return false;
      } catch (error) {
        return (error as NodeJS.ErrnoException).code === "ESRCH";
      }
    },
  };
}

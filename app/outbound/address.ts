import { BlockList, isIP } from "node:net";

/** Everything that is not the public internet (IANA special-purpose registries). */
const special = new BlockList();
const SPECIAL_IPV4: [string, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];
const SPECIAL_IPV6: [string, number][] = [
  ["::", 96],
  // These wrap an IPv4 address, which is then reached.
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["2002::", 16],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
];
for (const [net, bits] of SPECIAL_IPV4) special.addSubnet(net, bits, "ipv4");
for (const [net, bits] of SPECIAL_IPV6) special.addSubnet(net, bits, "ipv6");

/** True for loopback, private, link-local and other addresses that only this network can reach. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return true;
  // BlockList looks through IPv4-mapped IPv6 addresses by itself.
  return special.check(address, family === 4 ? "ipv4" : "ipv6");
}

/** A host name as URL gives it, without the brackets of IPv6. */
export function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "").toLowerCase();
}

/** The name itself says that it is on this machine or network: nobody is led there unawares. */
export function namesPrivateHost(hostname: string): boolean {
  const host = bareHost(hostname);
  if (isIP(host)) return isPrivateAddress(host);
  return host === "localhost" || host.endsWith(".localhost");
}

/** Hosts and networks that the operator allows although they are private. */
export interface PrivateHosts {
  allowsHost(hostname: string): boolean;
  allowsAddress(address: string): boolean;
}

/**
 * Reads host names, addresses and networks such as "10.0.0.0/8".
 * @throws RangeError that names the entry which is none of these
 */
export function parsePrivateHosts(entries: readonly string[]): PrivateHosts {
  const hosts = new Set<string>();
  const networks = new BlockList();
  for (const entry of entries) {
    const [net = "", bits, ...rest] = entry.split("/");
    const family = isIP(bareHost(net));
    if (family === 0) {
      if (bits !== undefined || !/^[a-z0-9]([a-z0-9._-]{0,252})$/i.test(net)) throw new RangeError(entry);
      hosts.add(net.toLowerCase());
      continue;
    }
    const longest = family === 4 ? 32 : 128;
    const length = bits === undefined ? longest : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
    if (length < 0 || length > longest || rest.length > 0) throw new RangeError(entry);
    networks.addSubnet(bareHost(net), length, family === 4 ? "ipv4" : "ipv6");
  }
  return {
    allowsHost: (hostname) => hosts.has(bareHost(hostname)),
    allowsAddress: (address) => networks.check(address, isIP(address) === 4 ? "ipv4" : "ipv6"),
  };
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isPrivateAddress, namesPrivateHost, parsePrivateHosts } from "../../../app/outbound/address.ts";
import { parseRetryAfter, parseRetryDelay } from "../../../app/outbound/retry-after.ts";

describe("private addresses", () => {
  test.each([
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "not an address",
  ])("%s is one", (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  test.each([
    "8.8.8.8",
    "172.32.0.1",
    "100.128.0.1",
    "2001:4860:4860::8888",
    "2a00:1450::1",
    "::ffff:8.8.8.8",
  ])("%s is none", (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });

  test.each([
    ["127.0.0.1", true],
    ["[::1]", true],
    ["localhost", true],
    ["models.localhost", true],
    ["192.168.7.7", true],
    ["localhost.example.org", false],
    ["gpu.lan", false],
    ["8.8.8.8", false],
  ])("the name %s says so: %s", (host, expected) => {
    expect(namesPrivateHost(host)).toBe(expected);
  });
});

describe("hosts that the operator allows", () => {
  const hosts = parsePrivateHosts(["GPU.lan", "10.0.0.0/8", "192.168.1.5", "fd00::/8"]);
  test("are names, addresses and networks", () => {
    expect([hosts.allowsHost("gpu.lan"), hosts.allowsHost("other.lan")]).toEqual([true, false]);
    const addresses = ["10.9.9.9", "11.0.0.1", "192.168.1.5", "192.168.1.6", "fd12::1", "fe80::1"];
    expect(addresses.map((a) => hosts.allowsAddress(a))).toEqual([true, false, true, false, true, false]);
  });
  test("nothing is allowed by an empty list", () => {
    fc.assert(fc.property(fc.ipV4(), (a) => !parsePrivateHosts([]).allowsAddress(a)));
  });
  test.each(["10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/8", "gpu.lan/8", "http://gpu", "*", ""])(
    "%j is none of these",
    (entry) => {
      expect(() => parsePrivateHosts([entry])).toThrow(RangeError);
    },
  );
});

describe("Retry-After", () => {
  const now = Date.UTC(2026, 0, 5, 9, 0, 0);
  test.each<[string | undefined, number | null]>([
    [undefined, null],
    ["7", 7000],
    ["0.5", 500],
    ["Mon, 05 Jan 2026 09:00:30 GMT", 30_000],
    ["Mon, 05 Jan 2026 08:00:00 GMT", 0],
    ["999999999", 3_600_000],
    ["soon", null],
    ["", null],
  ])("%j is %s ms", (value, ms) => {
    expect(parseRetryAfter(value, now)).toBe(ms);
  });
  test.each([
    ["12.5s", 12_500],
    ["3s", 3000],
    ["3", null],
    [3, null],
    [undefined, null],
  ])("Google's %j is %s ms", (value, ms) => {
    expect(parseRetryDelay(value)).toBe(ms);
  });
});

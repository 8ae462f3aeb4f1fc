import { describe, expect, it } from "vitest";
import { isPrivateAddress } from "../../../app/outbound/address.ts";
import { createWebhookSender } from "../../../app/server/webhook-sender.server.ts";

describe("addresses that webhooks must not reach", () => {
  it.each([
    "127.0.0.1",
    "127.8.9.1",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:10.1.2.3",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "fe80::1%eth0",
    "ff02::1",
    "not an address",
    "",
  ])("%s", (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each(["8.8.8.8", "172.32.0.1", "100.128.0.1", "::ffff:8.8.8.8", "2606:4700:4700::1111", "2a00::1"])(
    "but %s is public",
    (address) => {
      expect(isPrivateAddress(address)).toBe(false);
    },
  );

  const sender = createWebhookSender({ allowPrivate: [] });
  const send = (url: string) => sender.send({ url, headers: {}, body: "{}", timeoutMs: 2000 });

  it.each([
    "https://127.0.0.1/",
    "https://127.1/",
    "https://0x7f000001/",
    "https://2130706433/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://localhost/",
    "https://169.254.169.254/latest/meta-data",
  ])("are not connected to, however they are written: %s", async (url) => {
    expect(await send(url)).toMatchObject({ kind: "failed", reason: expect.stringContaining("not allowed") });
  });

  it("nor is anything without TLS", async () => {
    expect(await send("http://example.org/")).toMatchObject({ kind: "failed" });
    expect(sender.allowsHttp("http://example.org/")).toBe(false);
  });

  it("unless the operator permits all, or this host", () => {
    expect(createWebhookSender({ allowPrivate: true }).allowsHttp("http://10.0.0.1/")).toBe(true);
    const one = createWebhookSender({ allowPrivate: ["hooks.internal"] });
    expect(one.allowsHttp("http://HOOKS.internal/x")).toBe(true);
    expect(one.allowsHttp("http://other.internal/x")).toBe(false);
  });
});

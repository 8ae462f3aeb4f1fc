/**
 * A throw-away real S3 server for tests: Ceph's RADOS gateway on a monitor and an OSD that keeps everything in memory,
 * from Debian's packages, on this machine's loopback. It is gone, with its data, when the process that started it ends.
 *
 * As a global setup of vitest it starts one server for all projects of a run, within a second or two; tests get its
 * address and keys by `inject("s3")`, null where S3 is skipped, and take a bucket of their own with `createBucket`.
 */
import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import type { TestProject } from "vitest/node";
import type { S3Config } from "../../app/storage/config.ts";
import { findRadosgwPath } from "../../tools/run/lib/machine.mjs";
import { freePort } from "./ports.ts";

export interface S3Keys {
  accessKeyId: string;
  secretAccessKey: string;
}

export interface TestS3 {
  endpoint: string;
  region: string;
  keys: S3Keys;
  /** Of an account that may not write anything. */
  readOnlyKeys: S3Keys;
}

declare module "vitest" {
  interface ProvidedContext {
    /** A real S3 server of this run; null where S3 is skipped. */
    s3: TestS3 | null;
  }
}

const REGION = "us-east-1";
const START_WITHIN_MS = 60_000;
const KEYS: S3Keys = { accessKeyId: "TURNWISETEST", secretAccessKey: "turnwise-test-secret" };
const READ_ONLY_KEYS: S3Keys = { accessKeyId: "TURNWISEREAD", secretAccessKey: "turnwise-read-secret" };

function settings(dir: string, ports: { monitor: number; gateway: number }, clusterId: string): string {
  return `
[global]
fsid = ${clusterId}
keyring = ${dir}/keyring
mon host = [v2:127.0.0.1:${ports.monitor}/0]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
public network = 127.0.0.0/8
auth allow insecure global id reclaim = true
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
mon allow pool size one = true
mon warn on pool no redundancy = false
mon max pg per osd = 1000
osd crush chooseleaf type = 0
run dir = ${dir}
log file = /dev/null
admin socket =
debug mon = 0
debug osd = 0
debug rgw = 0
[mon]
mon data = ${dir}/mon
mon data avail crit = 1
mon data avail warn = 1
mon initial members = a
# A cluster of one has nobody to wait for: every change would take a second otherwise, and the start eleven.
paxos propose interval = 0.01
paxos min wait = 0.01
[osd]
osd objectstore = memstore
memstore device bytes = 1073741824
osd data = ${dir}/osd
osd class load list = *
osd class default list = *
osd check max object name len on startup = false
ms bind ipv6 = false
[client]
rgw data = ${dir}
rgw frontends = beast endpoint=127.0.0.1:${ports.gateway}
rgw thread pool size = 16
rgw enable ops log = false
rgw enable usage log = false
rgw run sync thread = false
rgw dynamic resharding = false
rgw enable gc threads = false
rgw enable lc threads = false
rgw s3 auth use keystone = false
`;
}

/**
 * Runs the three servers until standard input closes, which happens even when the parent is killed, then stops them and
 * removes the folder. Says "ready" when buckets can be made.
 */
const KEEPER = `
dir=$1 mon=$2 cluster=$3 osd=$4
conf="-c $dir/ceph.conf"
pids=
end() {
  for pid in $pids; do kill -KILL "$pid" 2>/dev/null; done
  wait
  rm -rf "$dir"
}
trap end EXIT
set -e
mkdir "$dir/mon" "$dir/osd"
ceph-authtool --create-keyring "$dir/keyring" --gen-key -n mon. --cap mon "allow *" >/dev/null
ceph-authtool "$dir/keyring" --gen-key -n client.admin --cap mon "allow *" --cap osd "allow *" --cap mgr "allow *"
ceph-authtool "$dir/keyring" --gen-key -n osd.0 --cap mon "allow profile osd" --cap osd "allow *"
monmaptool --create --fsid "$cluster" --addv a "[v2:127.0.0.1:$mon]" "$dir/monmap" >/dev/null
ceph-mon $conf -i a --mkfs --monmap "$dir/monmap" --keyring "$dir/keyring" >&2
ceph-mon $conf -i a -f >&2 & pids="$pids $!"
ceph $conf --connect-timeout 20 osd new "$osd" >&2
ceph-osd $conf -i 0 --mkfs --osd-uuid "$osd" >&2
ceph-osd $conf -i 0 -f >&2 & pids="$pids $!"
ceph $conf osd crush add osd.0 1.0 host=h root=default >&2
radosgw-admin $conf user create --uid=test --display-name=test --access-key="$5" --secret-key="$6" >&2
radosgw-admin $conf user create --uid=read --display-name=read --op-mask=read --access-key="$7" --secret-key="$8" >&2
radosgw $conf -n client.admin -f --keyring "$dir/keyring" >&2 & pids="$pids $!"
set +e
echo started
cat >/dev/null
`;

export interface RunningS3 extends TestS3 {
  stop(): Promise<void>;
}

export async function startS3Server(): Promise<RunningS3> {
  const path = findRadosgwPath();
  if (path === null) {
    throw new Error(
      "No S3 server found: install Debian's radosgw, ceph-mon and ceph-osd, or set TURNWISE_SKIP_S3=1.",
    );
  }
  const dir = mkdtempSync(join(tmpdir(), "turnwise-s3-"));
  const ports = { monitor: await freePort(), gateway: await freePort() };
  const clusterId = randomUUID();
  writeFileSync(join(dir, "ceph.conf"), settings(dir, ports, clusterId));
  const values = [
    String(ports.monitor),
    clusterId,
    randomUUID(),
    ...Object.values(KEYS),
    ...Object.values(READ_ONLY_KEYS),
  ];
  const keeper = spawn("sh", ["-c", KEEPER, "sh", dir, ...values], {
    env: { PATH: path, LC_ALL: "C", HOME: dir },
    cwd: "/",
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => keeper.once("exit", () => resolve()));
  const stop = async () => {
    keeper.ref();
    keeper.stdin.end();
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
  let log = "";
  let output = "";
  keeper.stderr.on("data", (chunk: Buffer) => {
    log = (log + chunk.toString("utf8")).slice(-4_000);
  });
  keeper.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString("utf8");
  });
  const endpoint = `http://127.0.0.1:${ports.gateway}`;
  try {
    const giveUpAt = performance.now() + START_WITHIN_MS;
    while (!(output.includes("started") && (await answers(endpoint)))) {
      if (keeper.exitCode !== null) throw new Error(`The S3 server ended while starting.\n${log}`);
      if (performance.now() > giveUpAt) throw new Error(`The S3 server did not start in time.\n${log}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  keeper.unref();
  for (const stream of [keeper.stdin, keeper.stdout, keeper.stderr]) (stream as Socket).unref();
  return { endpoint, region: REGION, keys: KEYS, readOnlyKeys: READ_ONLY_KEYS, stop };
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    async (reply) => {
      await reply.body?.cancel();
      return true;
    },
    () => false,
  );
}

/** Makes an empty bucket and returns its name. */
export async function createBucket(s3: TestS3): Promise<string> {
  const client = new S3Client({
    endpoint: s3.endpoint,
    region: s3.region,
    credentials: s3.keys,
    forcePathStyle: true,
  });
  const Bucket = `t-${randomBytes(8).toString("hex")}`;
  await client.send(new CreateBucketCommand({ Bucket }));
  client.destroy();
  return Bucket;
}

/** Settings of an object store in that bucket. */
export function s3Config(s3: TestS3, bucket: string, overrides: Partial<S3Config> = {}): S3Config {
  return {
    bucket,
    region: s3.region,
    endpoint: s3.endpoint,
    publicEndpoint: null,
    credentials: s3.keys,
    prefix: "",
    forcePathStyle: true,
    presignedSeconds: 0,
    ...overrides,
  };
}

/** The same as the environment of a server or a command. */
export function s3Env(s3: TestS3, bucket: string): Record<string, string> {
  return {
    OBJECT_STORE: "s3",
    S3_BUCKET: bucket,
    S3_ENDPOINT: s3.endpoint,
    S3_REGION: s3.region,
    S3_ACCESS_KEY_ID: s3.keys.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.keys.secretAccessKey,
  };
}

/** One server for all projects of a run: each project loads this file anew, so it is kept on globalThis. */
interface Shared {
  users: number;
  server: Promise<RunningS3>;
}
const holder = globalThis as { turnwiseTestS3?: Shared };

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TURNWISE_SKIP_S3) {
    project.provide("s3", null);
    return undefined;
  }
  holder.turnwiseTestS3 ??= { users: 0, server: startS3Server() };
  const shared = holder.turnwiseTestS3;
  shared.users += 1;
  const { stop, ...s3 } = await shared.server;
  project.provide("s3", s3);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    holder.turnwiseTestS3 = undefined;
    await stop();
  };
}
